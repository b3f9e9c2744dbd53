#include "server/net/acceptor.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "server/net/listen_socket.h"

namespace roundelay {

namespace {

int listen_or_throw(const std::string& host, int port, int backlog) {
  const auto fd = bind_listen_socket(host, port, PortSharing::kShared);
  if (!fd) throw std::runtime_error(fd.error());
  if (listen(*fd, backlog) == 0) return *fd;
  const std::string why = std::strerror(errno);
  close(*fd);
  throw std::runtime_error("cannot listen on port " + std::to_string(port) + " of " + host + ": " + why);
}

}  // namespace

Acceptor::Acceptor(uv_loop_t* loop, const std::string& host, int port, int per_second, std::function<void(int fd)> on_socket)
    : Acceptor(loop, FileDescriptor(listen_or_throw(host, port, kBacklog)), per_second, std::move(on_socket)) {}

Acceptor::Acceptor(uv_loop_t* loop, FileDescriptor listening, int per_second, std::function<void(int fd)> on_socket)
    : fd_(std::move(listening)),
      per_turn_(std::max(1, per_second * static_cast<int>(kTurnMs) / 1000)),
      on_socket_(std::move(on_socket)),
      poll_(new uv_poll_t),
      timer_(new uv_timer_t) {
  uv_poll_init(loop, poll_.get(), fd_.get());
  uv_timer_init(loop, timer_.get());
  poll_->data = this;
  timer_->data = this;
  accept_some();
}

void Acceptor::close_all() {
  poll_.reset();
  timer_.reset();
  FileDescriptor(-1).swap(fd_);
}

void Acceptor::stop() {
  if (fd_.get() < 0) return;
  for (int fd; (fd = accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0 || errno == EINTR ||
               errno == ECONNABORTED;) {
    if (fd >= 0) on_socket_(fd);
  }
  close_all();
}

void Acceptor::accept_some() {
  const uint64_t now_ms = uv_now(poll_->loop);
  if (now_ms - turn_began_ms_ >= kTurnMs) {
    turn_began_ms_ = now_ms;
    taken_ = 0;
  }
  while (taken_ < per_turn_) {
    const int fd = accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == ECONNABORTED || errno == EINTR) continue;
      if (errno == EINVAL) return close_all();  // its listening was ended
      if (errno != EAGAIN) break;               // no descriptors or memory at the moment: try again after a rest
      uv_poll_start(poll_.get(), UV_READABLE,
                    [](uv_poll_t* poll, int, int) { static_cast<Acceptor*>(poll->data)->accept_some(); });
      return;
    }
    ++taken_;
    on_socket_(fd);
  }
  uv_poll_stop(poll_.get());
  uv_timer_start(
      timer_.get(), [](uv_timer_t* timer) { static_cast<Acceptor*>(timer->data)->accept_some(); },
      turn_began_ms_ + kTurnMs - now_ms, 0);
}

}  // namespace roundelay
