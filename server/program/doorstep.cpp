#include "server/program/doorstep.h"

#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace roundelay {

namespace {
constexpr int kMostWaiting = 4096;
}

bool Doorstep::let_wait() {
  if (std::exchange(asked_, true)) return false;
  if (listen(port_, kMostWaiting) == 0) return true;
  spdlog::warn("newcomers cannot wait while shards are replaced: {}", std::strerror(errno));
  return false;
}

void Doorstep::close() {
  // Ends the listening for all who share the socket; it stays bound.
  if (std::exchange(asked_, false)) shutdown(port_, SHUT_RD);
}

}  // namespace roundelay
