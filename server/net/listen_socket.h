// A TCP socket bound to an address that operators write: for the supervisor, which keeps the port, and for the shards, which
// share it (SO_REUSEPORT: the kernel deals the connections out). Any thread; system calls, so not in the tick.
#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace roundelay {

enum class PortSharing {
  kShared,  // with other sockets that share it too
  kAlone,   // fails when anybody else listens there
};

// Binds to a numeric address (IPv4 or IPv6) and a port (0: any free one); does not listen. "::" takes IPv4 too, and that alone
// where the machine has no IPv6. Returns the descriptor (non-blocking,
// closed on exec), which is the caller's, or a sentence without a full stop.
[[nodiscard]] tl::expected<int, std::string> bind_listen_socket(const std::string& host, int port, PortSharing sharing);

// Whether it takes connections.
[[nodiscard]] bool listens(int fd);

// The port that a bound socket has.
[[nodiscard]] int port_of(int fd);

}  // namespace roundelay
