#include "server/program/service_notice.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace roundelay {
namespace {

constexpr const char* kSocket = "NOTIFY_SOCKET";
constexpr const char* kWatchdogUs = "WATCHDOG_USEC";
constexpr const char* kWatchdogPid = "WATCHDOG_PID";

std::string taken_from_environment(const char* name) {
  const char* value = std::getenv(name);
  std::string text = value == nullptr ? "" : value;
  unsetenv(name);
  return text;
}

// Connected, so that telling needs no address any more; -1: it cannot be.
int connected_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() < 2 || path.size() >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@')) return -1;
  std::memcpy(address.sun_path, path.data(), path.size());
  if (path[0] == '@') address.sun_path[0] = '\0';  // a name in no folder
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

}  // namespace

ServiceNotice ServiceNotice::from_environment() {
  ServiceNotice notice;
  const std::string path = taken_from_environment(kSocket);
  const std::string watchdog_us = taken_from_environment(kWatchdogUs);
  const std::string watched = taken_from_environment(kWatchdogPid);
  const int fd = path.empty() ? -1 : connected_to(path);
  if (fd < 0) return notice;
  notice.path_ = path;
  notice.socket_.emplace(fd);
  const int64_t us = std::strtoll(watchdog_us.c_str(), nullptr, 10);
  if (us > 0 && us < INT64_MAX / 1'000 && (watched.empty() || watched == std::to_string(getpid())))
    notice.watchdog_ns_ = us * 1'000;
  return notice;
}

void ServiceNotice::hand_on() const {
  if (!socket_) return;
  setenv(kSocket, path_.c_str(), 1);
  if (watchdog_ns_) setenv(kWatchdogUs, std::to_string(*watchdog_ns_ / 1'000).c_str(), 1);
}

void ServiceNotice::take_back() {
  for (const char* name : {kSocket, kWatchdogUs, kWatchdogPid}) unsetenv(name);
}

void ServiceNotice::tell(const std::string& lines) const {
  if (socket_) (void)!send(socket_->get(), lines.data(), lines.size(), MSG_NOSIGNAL);
}

}  // namespace roundelay
