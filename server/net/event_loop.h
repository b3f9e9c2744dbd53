// A libuv loop that a process owns, ended with it.
#pragma once

#include <spdlog/spdlog.h>
#include <uv.h>

#include <memory>
#include <stdexcept>

namespace roundelay {

class EventLoop {
 public:
  // Throws std::runtime_error where the system has no descriptors for it.
  EventLoop() : loop_(std::make_unique<uv_loop_t>()) {
    if (uv_loop_init(loop_.get()) != 0) throw std::runtime_error("The event loop cannot be made.");
  }
  // Runs until all have let go: whoever used the loop has ended before it.
  ~EventLoop() {
    while (uv_run(loop_.get(), UV_RUN_DEFAULT) != 0) {
    }
    if (const int status = uv_loop_close(loop_.get()); status != 0)
      spdlog::debug("the loop still holds handles: {}", uv_strerror(status));
  }
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  [[nodiscard]] uv_loop_t* get() const { return loop_.get(); }

 private:
  std::unique_ptr<uv_loop_t> loop_;
};

}  // namespace roundelay
