#include "server/net/wake_socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace roundelay {

WakeSocket::WakeSocket(uv_loop_t* loop, const std::vector<std::string>& paths, int self, std::function<void()> on_wake)
    : on_wake_(std::move(on_wake)) {
  for (const std::string& path : paths) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) throw std::runtime_error("the name '" + path + "' is too long for a socket");
    std::memcpy(address.sun_path, path.data(), path.size());
    addresses_.push_back(address);
  }
  const sockaddr_un& own = addresses_.at(static_cast<size_t>(self));
  unlink(own.sun_path);
  fd_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0 || bind(fd_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0)
    throw std::runtime_error("cannot bind the socket '" + paths[static_cast<size_t>(self)] + "': " + std::strerror(errno));
  auto* poll = new uv_poll_t;
  uv_poll_init(loop, poll, fd_);
  poll->data = this;
  poll_.reset(poll);
  uv_poll_start(poll, UV_READABLE, [](uv_poll_t* p, int, int) { static_cast<WakeSocket*>(p->data)->on_readable(); });
}

WakeSocket::~WakeSocket() {
  uv_poll_stop(poll_.get());
  poll_.reset();
  close(fd_);
}

void WakeSocket::wake(int shard) {
  if (shard < 0 || static_cast<size_t>(shard) >= addresses_.size()) return;
  const sockaddr_un& address = addresses_[static_cast<size_t>(shard)];
  const char byte = 1;
  (void)sendto(fd_, &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

void WakeSocket::on_readable() {
  char byte = 0;
  bool any = false;
  while (recv(fd_, &byte, 1, MSG_DONTWAIT) > 0) any = true;
  if (any) on_wake_();
}

}  // namespace roundelay
