#include "server/net/origin.h"

#include <optional>
#include <string>

#include "server/net/http_head.h"

namespace roundelay {

namespace {

struct Place {
  std::string scheme;
  std::string host;
  std::string port;
  bool operator==(const Place&) const = default;
};

// "host" or "host:port" under a scheme.
Place place_of(std::string scheme, std::string_view authority) {
  Place place{std::move(scheme), in_small_letters(authority), {}};
  const size_t colon = place.host.rfind(':');
  if (colon != std::string::npos && place.host.find(']', colon) == std::string::npos) {
    place.port = place.host.substr(colon + 1);
    place.host.resize(colon);
  }
  if (place.port.empty()) place.port = place.scheme == "https" ? "443" : "80";
  if (place.host.ends_with('.')) place.host.pop_back();
  return place;
}

std::optional<Place> parsed(std::string_view origin) {
  const size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  std::string_view authority = origin.substr(scheme + 3);
  if (authority.ends_with('/')) authority.remove_suffix(1);
  if (authority.empty() || authority.find('/') != std::string_view::npos) return std::nullopt;
  return place_of(in_small_letters(origin.substr(0, scheme)), authority);
}

}  // namespace

bool is_own_origin(std::string_view origin, std::string_view host) {
  const auto page = parsed(origin);
  return page && !host.empty() && *page == place_of(page->scheme, host);
}

bool are_same_origin(std::string_view one, std::string_view other) {
  const auto first = parsed(one);
  return first && first == parsed(other);
}

}  // namespace roundelay
