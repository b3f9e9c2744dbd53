#include "server/base/rate_limiter.h"

#include "server/base/ip_address.h"

namespace roundelay {

bool RateLimiter::allow(const std::string& from, int64_t now_ns) {
  const std::string address = limit_key(from);
  if (addresses_.size() >= max_addresses_ && !addresses_.contains(address)) {
    std::erase_if(addresses_, [&](const auto& entry) { return entry.second.full(now_ns); });
    if (addresses_.size() >= max_addresses_) return false;
  }
  return addresses_.try_emplace(address, fresh_).first->second.take(now_ns);
}

void RateLimiter::give_back(const std::string& address, int64_t now_ns) {
  if (const auto found = addresses_.find(limit_key(address)); found != addresses_.end()) found->second.give_back(now_ns);
}

}  // namespace roundelay
