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

  // Where the bytes go: from `offset` on into a file that will be `file_bytes` long, of which another piece may be there already.
  struct Place {
    std::string path;
    int64_t offset = 0;
    int64_t file_bytes = 0;
    bool piece = false;  // of a file that stays when this upload breaks off
  };

  Upload(uv_loop_t* loop, int64_t max_bytes, Events events);
  ~Upload();

  // Opens the file and reserves its disk; what was written before waits in memory.
  void start(Place place);
  // Takes a piece. False: more than max_bytes came (the rest is ignored).
  bool write(std::span<const uint8_t> piece);
  void finish();   // no more pieces come
  void abandon();  // the sender is gone: no event any more, the file is removed unless this is a piece

  [[nodiscard]] const std::string& path() const { return place_.path; }
  [[nodiscard]] int64_t bytes() const { return received_; }

 private:
  struct Operation;
  void next();
  void end(bool complete);

  static constexpr size_t kPauseAbove = 1 << 20;  // bytes in memory

  uv_loop_t* loop_;
  Place place_;
  int64_t max_bytes_;
  Events events_;
  int fd_ = -1;
  int64_t received_ = 0;
  int64_t written_ = 0;
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
