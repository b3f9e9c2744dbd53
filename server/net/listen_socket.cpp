#include "server/net/listen_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace roundelay {

namespace {
constexpr const char* kAllAddresses = "::";
}

tl::expected<int, std::string> bind_listen_socket(const std::string& host, int port, PortSharing sharing) {
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return tl::unexpected("'" + host + "' is not an address to listen on; use a numeric one such as :: (all) or 127.0.0.1");
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> guard(found, freeaddrinfo);
  const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0 && errno == EAFNOSUPPORT && host == kAllAddresses) return bind_listen_socket("0.0.0.0", port, sharing);
  const int one = 1;
  const int ipv6_alone = host == kAllAddresses ? 0 : 1;  // whatever the machine's default is
  const bool bound =
      fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
      (sharing == PortSharing::kAlone || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) == 0) &&
      (found->ai_family != AF_INET6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &ipv6_alone, sizeof ipv6_alone) == 0) &&
      bind(fd, found->ai_addr, found->ai_addrlen) == 0;
  if (bound) return fd;
  const int error = errno;
  if (fd >= 0) close(fd);
  if (error == EADDRNOTAVAIL && host == kAllAddresses) return bind_listen_socket("0.0.0.0", port, sharing);
  return tl::unexpected("port " + std::to_string(port) + " of " + host + " cannot be used: " + std::strerror(error));
}

bool listens(int fd) {
  int value = 0;
  socklen_t length = sizeof value;
  return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &length) == 0 && value != 0;
}

int port_of(int fd) {
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &length) != 0) return 0;
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                           : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
}

}  // namespace roundelay
