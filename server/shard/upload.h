// One upload on its way: written to a file by the thread pool, with flow control towards the sender, so that neither the loop
// waits for the disk nor memory grows. Loop thread only.
#pragma once

#include <uv.h>

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace roundelay {

class Upload : public std::enable_shared_from_this<Upload> {
 public:
  struct Events {
    std::function<void(bool paused)> pause;   // stop or resume the sender
    std::function<void(bool complete)> done;  // once: everything lies in the file, or the disk refused
  };

  Upload(uv_loop_t* loop, std::string path, int64_t max_bytes, Events events);
  ~Upload();

  void start();  // opens the file; what was written before waits in memory
  // Takes a piece. False: more than max_bytes came (the rest is ignored).
  bool write(std::span<const uint8_t> piece);
  void finish();   // no more pieces come
  void abandon();  // the sender is gone: no event any more, the file is removed

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] int64_t bytes() const { return received_; }

 private:
  struct Operation;
  void next();
  void end(bool complete);

  static constexpr size_t kPauseAbove = 1 << 20;  // bytes in memory

  uv_loop_t* loop_;
  std::string path_;
  int64_t max_bytes_;
  Events events_;
  int fd_ = -1;
  int64_t received_ = 0;
  std::deque<std::vector<uint8_t>> waiting_;
  size_t waiting_bytes_ = 0;
  bool started_ = false;
  bool busy_ = false;  // an operation runs on the thread pool
  bool paused_ = false;
  bool finished_ = false;
  bool abandoned_ = false;
  bool failed_ = false;
  bool ended_ = false;
};

}  // namespace roundelay
