// Logs requests that were refused for what their address is, with the setting that cures it: behind a proxy that is not
// trusted everybody has one address. Loop thread only.
#pragma once

#include <cstdint>
#include <string>

#include "server/base/rate_limit.h"
#include "server/net/http_request.h"

namespace roundelay {

class Refusals {
 public:
  explicit Refusals(std::string trusted_proxies) : trusted_proxies_(std::move(trusted_proxies)) {}
  // A request that is over.
  void look_at(const HttpRequest& request, int64_t now_ns);

 private:
  std::string trusted_proxies_;
  RateLimit told_{1, 20};
};

// Why an asker has the address that she has, and what to set if that is not hers: for a log. `forwarded_for` comes from outside.
[[nodiscard]] std::string where_from(const std::string& address, const std::string& peer, const std::string& forwarded_for,
                                     const std::string& trusted_proxies);

}  // namespace roundelay
