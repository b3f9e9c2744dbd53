// A real libuv loop under test, run until something has become true.
#pragma once

#include <gtest/gtest.h>
#include <uv.h>

#include <chrono>
#include <functional>

namespace roundelay {

class Loop {
 public:
  Loop() { uv_loop_init(&loop_); }
  // Whoever used the loop has let go of its handles.
  ~Loop() {
    while (uv_run(&loop_, UV_RUN_DEFAULT) != 0) {
    }
    EXPECT_EQ(uv_loop_close(&loop_), 0);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  uv_loop_t* get() { return &loop_; }
  // False if it has not become true in 20 s.
  [[nodiscard]] bool run_until(const std::function<bool()>& done) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    uv_timer_t wake;  // so that a quiet loop looks again
    uv_timer_init(&loop_, &wake);
    uv_timer_start(
        &wake, [](uv_timer_t*) {}, 1, 1);
    bool result = done();
    while (!result && std::chrono::steady_clock::now() < give_up) {
      uv_run(&loop_, UV_RUN_ONCE);
      result = done();
    }
    bool closed = false;
    wake.data = &closed;
    uv_close(reinterpret_cast<uv_handle_t*>(&wake), [](uv_handle_t* handle) { *static_cast<bool*>(handle->data) = true; });
    while (!closed) uv_run(&loop_, UV_RUN_NOWAIT);
    return result;
  }

 private:
  uv_loop_t loop_;
};

}  // namespace roundelay
