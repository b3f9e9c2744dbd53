// The event loop of a client process: one libuv loop with one libwebsockets context on it, shared by all its connections,
// and libuv's timers and signals as objects. One thread.
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <memory>

struct lws_context;

namespace roundelay {

class ClientLoop {
 public:
  // Room for `max_connections` at once. Throws std::runtime_error when libwebsockets cannot start (its libuv plugin is missing).
  explicit ClientLoop(int max_connections);
  ~ClientLoop();  // whatever uses the loop has been destroyed before
  ClientLoop(const ClientLoop&) = delete;
  ClientLoop& operator=(const ClientLoop&) = delete;

  void run();   // until stop()
  void stop();  // from a callback
  [[nodiscard]] uv_loop_t* uv() { return &loop_; }
  [[nodiscard]] lws_context* lws() { return context_; }
  [[nodiscard]] int64_t now_ms() const { return static_cast<int64_t>(uv_now(&loop_)); }  // monotonic

 private:
  uv_loop_t loop_{};
  lws_context* context_ = nullptr;
};

// Calls back on the loop's thread; destroying it stops it.
class Timer {
 public:
  Timer(ClientLoop& loop, std::function<void()> callback);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  void start(int64_t after_ms, int64_t repeat_ms = 0);  // starts anew if it runs
  void stop();

 private:
  uv_timer_t* timer_;  // freed in its close callback
  std::function<void()> callback_;
};

// Calls back at SIGINT and SIGTERM.
class EndSignals {
 public:
  EndSignals(ClientLoop& loop, std::function<void()> callback);
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

 private:
  uv_signal_t* signals_[2];  // freed in their close callbacks
  std::function<void()> callback_;
};

}  // namespace roundelay
