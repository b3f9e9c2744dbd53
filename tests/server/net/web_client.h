// A client of a few bytes on a real socket, beside the loop of the server under test: it never waits.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>

#include "mixer/file_descriptor.h"

namespace roundelay {

class WebClient {
 public:
  explicit WebClient(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  // What the kernel takes of it now; returns how much.
  size_t say(const std::string& bytes) const {
    const ssize_t n = send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return n > 0 ? static_cast<size_t>(n) : 0;
  }
  const std::string& heard() {
    char buffer[65'536];
    ssize_t n = 0;
    while ((n = recv(fd_.get(), buffer, sizeof buffer, MSG_DONTWAIT)) > 0) heard_.append(buffer, static_cast<size_t>(n));
    ended_ |= n == 0;
    return heard_;
  }
  bool ended() {
    heard();
    return ended_;
  }
  int answers() {
    int count = 0;
    for (size_t at = heard().find("HTTP/1.1 "); at != std::string::npos; at = heard_.find("HTTP/1.1 ", at + 1)) ++count;
    return count;
  }
  void forget() { heard_.clear(); }
  void close_half() const { shutdown(fd_.get(), SHUT_WR); }

 private:
  FileDescriptor fd_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::string heard_;
  bool ended_ = false;
};

}  // namespace roundelay
