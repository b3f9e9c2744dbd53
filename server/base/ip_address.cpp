#include "server/base/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace roundelay {
namespace {

constexpr std::array<uint8_t, 12> kV4Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_between(char c) {
  return c == ',' || c == ' ' || c == '\t';
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (const size_t zone = text.find('%'); zone != std::string_view::npos) text = text.substr(0, zone);
  const std::string terminated(text);
  if (terminated.size() >= INET6_ADDRSTRLEN || terminated.find('\0') != std::string::npos) return std::nullopt;
  IpAddress address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes_.data() + kV4Prefix.size()) == 1) {
    std::copy(kV4Prefix.begin(), kV4Prefix.end(), address.bytes_.begin());
    return address;
  }
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes_.data()) == 1) return address;
  return std::nullopt;
}

bool IpAddress::is_v4() const {
  return std::equal(kV4Prefix.begin(), kV4Prefix.end(), bytes_.begin());
}

bool IpAddress::is_private() const {
  if (is_v4()) {
    const uint8_t* b = bytes_.data() + kV4Prefix.size();
    return b[0] == 127 || b[0] == 10 || (b[0] == 172 && b[1] >= 16 && b[1] < 32) || (b[0] == 192 && b[1] == 168) ||
           (b[0] == 169 && b[1] == 254);
  }
  in6_addr six{};
  std::memcpy(&six, bytes_.data(), bytes_.size());
  return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_LINKLOCAL(&six) || (six.s6_addr[0] & 0xFE) == 0xFC;
}

IpAddress IpAddress::network(int bits) const {
  IpAddress result = *this;
  const int kept = std::clamp(is_v4() ? bits + 96 : bits, 0, 128);
  for (int i = 0; i < 16; ++i) {
    const int of_byte = std::clamp(kept - i * 8, 0, 8);
    uint8_t& byte = result.bytes_[static_cast<size_t>(i)];
    byte = static_cast<uint8_t>(byte & (0xFF00U >> of_byte));
  }
  return result;
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (is_v4()) return inet_ntop(AF_INET, bytes_.data() + kV4Prefix.size(), out.data(), out.size());
  return inet_ntop(AF_INET6, bytes_.data(), out.data(), out.size());
}

std::string limit_key(const std::string& address) {
  constexpr int kHouseholdBits = 64;
  const auto parsed = IpAddress::parse(address);
  if (!parsed) return address;
  return parsed->is_v4() ? parsed->text() : parsed->network(kHouseholdBits).text() + "/64";
}

tl::expected<AddressList, std::string> AddressList::parse(std::string_view text) {
  AddressList list;
  while (true) {
    while (!text.empty() && is_between(text.front())) text.remove_prefix(1);
    if (text.empty()) return list;
    const auto end = static_cast<size_t>(std::find_if(text.begin(), text.end(), is_between) - text.begin());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    const size_t slash = std::min(word.find('/'), word.size());
    const auto address = IpAddress::parse(word.substr(0, slash));
    int bits = address && address->is_v4() ? 32 : 128;
    bool good = address.has_value();
    if (good && slash < word.size()) {
      const std::string_view number = word.substr(slash + 1);
      const int most = bits;
      const auto read = std::from_chars(number.data(), number.data() + number.size(), bits);
      good = read.ec == std::errc() && read.ptr == number.data() + number.size() && bits >= 0 && bits <= most;
    }
    if (!good) {
      std::string error = "\"";
      error.append(word).append("\" is no address and no network; they look like 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32.");
      return tl::unexpected(std::move(error));
    }
    list.networks_.push_back({address->network(bits), bits, address->is_v4()});
  }
}

bool AddressList::contains(const IpAddress& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& each) {
    return each.v4 == address.is_v4() && address.network(each.bits) == each.address;
  });
}

}  // namespace roundelay
