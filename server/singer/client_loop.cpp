#include "server/singer/client_loop.h"

#include <libwebsockets.h>

#include <csignal>
#include <stdexcept>

#include "server/singer/connection.h"

namespace roundelay {
namespace {

template <typename Handle>
void close_and_free(Handle* handle) {
  handle->data = nullptr;
  uv_close(reinterpret_cast<uv_handle_t*>(handle), [](uv_handle_t* h) { delete reinterpret_cast<Handle*>(h); });
}

}  // namespace

ClientLoop::ClientLoop(int max_connections) {
  if (uv_loop_init(&loop_) != 0) throw std::runtime_error("libuv cannot make an event loop");
  lws_set_log_level(0, nullptr);
  void* foreign[1] = {&loop_};
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.protocols = client_protocols();
  info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
  info.foreign_loops = foreign;
  info.gid = static_cast<gid_t>(-1);
  info.uid = static_cast<uid_t>(-1);
  info.pt_serv_buf_size = 64 * 1024;
  info.fd_limit_per_thread = static_cast<unsigned>(max_connections) + 32;
  context_ = lws_create_context(&info);
  if (context_ == nullptr) {
    uv_loop_close(&loop_);
    throw std::runtime_error("libwebsockets cannot start: is the package libwebsockets-evlib-uv installed?");
  }
}

ClientLoop::~ClientLoop() {
  lws_context_destroy(context_);
  while (uv_run(&loop_, UV_RUN_DEFAULT) != 0) {
  }
  lws_context_destroy(context_);
  uv_loop_close(&loop_);
}

void ClientLoop::run() {
  uv_run(&loop_, UV_RUN_DEFAULT);
}
void ClientLoop::stop() {
  uv_stop(&loop_);
}

Timer::Timer(ClientLoop& loop, std::function<void()> callback) : timer_(new uv_timer_t), callback_(std::move(callback)) {
  uv_timer_init(loop.uv(), timer_);
  timer_->data = this;
}

Timer::~Timer() {
  close_and_free(timer_);
}

void Timer::start(int64_t after_ms, int64_t repeat_ms) {
  uv_timer_start(
      timer_, [](uv_timer_t* t) { static_cast<Timer*>(t->data)->callback_(); }, static_cast<uint64_t>(after_ms),
      static_cast<uint64_t>(repeat_ms));
}

void Timer::stop() {
  uv_timer_stop(timer_);
}

EndSignals::EndSignals(ClientLoop& loop, std::function<void()> callback) : callback_(std::move(callback)) {
  const int numbers[2] = {SIGINT, SIGTERM};
  for (int i = 0; i < 2; ++i) {
    signals_[i] = new uv_signal_t;
    uv_signal_init(loop.uv(), signals_[i]);
    signals_[i]->data = this;
    uv_signal_start(
        signals_[i], [](uv_signal_t* s, int) { static_cast<EndSignals*>(s->data)->callback_(); }, numbers[i]);
  }
}

EndSignals::~EndSignals() {
  for (uv_signal_t* s : signals_) close_and_free(s);
}

}  // namespace roundelay
