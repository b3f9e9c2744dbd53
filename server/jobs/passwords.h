// Passwords of rooms and accounts, by libsodium's Argon2id (RFC 9106), on a thread of its own that yields to sound: a hash costs
// 64 MB and a tenth of a second of a core, and never the loop. One at a time. Made, asked and destroyed on the loop's thread.
#pragma once

#include <uv.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "server/net/uv_handle.h"

namespace roundelay {

class Passwords {
 public:
  static constexpr size_t kMostWaiting = 256;

  // Throws std::runtime_error.
  explicit Passwords(uv_loop_t* loop);
  // What still waits is not answered.
  ~Passwords();
  Passwords(const Passwords&) = delete;
  Passwords& operator=(const Passwords&) = delete;

  // `done` is called on the loop with libsodium's text form of the hash; empty when there was no memory for it. False: too many
  // wait already.
  [[nodiscard]] bool hash(std::string password, std::function<void(std::string hash)> done);
  // `done` is told whether the password fits.
  [[nodiscard]] bool check(std::string password, std::string hash, std::function<void(bool fits)> done);

 private:
  struct Job {
    std::string password;
    std::string hash;  // to compare with; empty: make one
    std::function<void(std::string hash)> hashed;
    std::function<void(bool fits)> checked;
    std::string made;
    bool fits = false;
  };
  [[nodiscard]] bool put(Job job);
  void work();
  void tell();

  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<Job> waiting_;
  std::deque<Job> ready_;
  bool ends_ = false;
  UvHandle<uv_async_t> answers_;
  std::thread thread_;
};

}  // namespace roundelay
