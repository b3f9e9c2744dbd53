// What a service manager listens on.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "mixer/file_descriptor.h"
#include "tests/e2e/process.h"

namespace roundelay {

class NoticeSocket {
 public:
  explicit NoticeSocket(std::string path) : path_(std::move(path)), socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path_.data(), path_.size());
    if (path_[0] == '@') address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path_.size());
    if (bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) std::abort();
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  // Waits for a datagram that begins so; those before it are forgotten.
  [[nodiscard]] bool hears(const std::string& beginning) {
    return e2e::wait_until([&] {
      for (std::string said; !(said = next()).empty();) {
        if (said.starts_with(beginning)) return true;
      }
      return false;
    });
  }
  // Empty: nothing was said.
  [[nodiscard]] std::string next() {
    char bytes[4'096];
    const ssize_t count = recv(socket_.get(), bytes, sizeof bytes, MSG_DONTWAIT);
    return {bytes, count > 0 ? static_cast<size_t>(count) : 0};
  }

 private:
  std::string path_;
  FileDescriptor socket_;
};

}  // namespace roundelay
