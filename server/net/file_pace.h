// How fast files go out, over all connections of a loop together: so many bytes a second, piece by piece in the order of asking.
// So downloads yield to singing, and a hundred of them cost no more than one. Loop thread only.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

#include "server/net/uv_handle.h"

namespace roundelay {

class FilePace {
 public:
  static constexpr int64_t kUnhurried = 40'000'000;  // bytes a second
  static constexpr uint64_t kTurnMs = 5;
  static constexpr int64_t kBurstMs = 10;  // what was not used is good for so long

  explicit FilePace(uv_loop_t* loop);
  FilePace(const FilePace&) = delete;
  FilePace& operator=(const FilePace&) = delete;

  // From now on.
  void set_rate(int64_t bytes_per_s) { bytes_per_s_ = bytes_per_s; }
  // Calls `go` once: before this returns, or when the piece's turn has come. The number is for cancel(); 0: it has been called.
  [[nodiscard]] uint64_t ask(size_t bytes, std::function<void()> go);
  // It is not called any more.
  void cancel(uint64_t asked);

 private:
  struct Waiting {
    uint64_t number;
    size_t bytes;
    std::function<void()> go;
  };
  [[nodiscard]] bool take(size_t bytes);
  void turn();

  UvHandle<uv_timer_t> timer_;
  int64_t bytes_per_s_ = kUnhurried;
  int64_t free_at_ns_ = 0;  // what was let go until now is out by then
  uint64_t last_ = 0;
  std::deque<Waiting> waiting_;
};

}  // namespace roundelay
