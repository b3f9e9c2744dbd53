#include "server/conductor/rate_limiter.h"

#include <algorithm>

namespace roundelay {

bool RateLimiter::allow(const std::string& address, int64_t now_ns) {
  if (full_at_.size() >= max_addresses_ && !full_at_.contains(address)) {
    std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now_ns; });
    if (full_at_.size() >= max_addresses_) return false;
  }
  int64_t& full_at = full_at_[address];
  const int64_t next = std::max(full_at, now_ns) + refill_ns_ / burst_;
  if (next - now_ns > refill_ns_) return false;
  full_at = next;
  return true;
}

}  // namespace roundelay
