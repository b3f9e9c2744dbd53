// Which addresses are of this machine or of a private network. Pure.
#pragma once

#include <string>

namespace roundelay {

// Loopback, link-local, or of a private network (RFC 1918, RFC 4193); IPv4 in IPv6 counts as IPv4.
[[nodiscard]] bool is_private_address(const std::string& address);

}  // namespace roundelay
