// Addresses of IPv4 and IPv6, and networks of them. IPv4 in IPv6 (::ffff:192.0.2.1) is IPv4 everywhere. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

class IpAddress {
 public:
  // A numeric address, without brackets or port; the zone of a link-local one (fe80::1%eth0) is left out.
  [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] bool is_v4() const;
  // Loopback, link-local, or of a private network (RFC 1918, RFC 4193).
  [[nodiscard]] bool is_private() const;
  // The network that its first bits name; of IPv4 addresses 32 bits count, of others 128.
  [[nodiscard]] IpAddress network(int bits) const;
  [[nodiscard]] std::string text() const;
  bool operator==(const IpAddress&) const = default;

 private:
  std::array<uint8_t, 16> bytes_{};  // IPv4 as ::ffff:0:0/96
};

// Whose limits count together: of IPv6 the network of 64 bits, because one household has all of it. What is no address stays as
// it is.
[[nodiscard]] std::string limit_key(const std::string& address);

// Some addresses and networks.
class AddressList {
 public:
  // "127.0.0.0/8, ::1": addresses and networks (CIDR) with commas or spaces between them. The error is a sentence.
  [[nodiscard]] static tl::expected<AddressList, std::string> parse(std::string_view text);
  [[nodiscard]] bool contains(const IpAddress& address) const;

 private:
  struct Network {
    IpAddress address;
    int bits;
    bool v4;
  };
  std::vector<Network> networks_;
};

}  // namespace roundelay
