// How often something is allowed per address (limit_key()): a RateLimit for each. Pure; bounded memory.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "server/base/rate_limit.h"

namespace roundelay {

inline constexpr int64_t kMinuteNs = 60'000'000'000;

class RateLimiter {
 public:
  // At most `burst` at once; as many come back evenly in `refill_ns`.
  RateLimiter(int burst, int64_t refill_ns, size_t max_addresses = 100'000)
      : fresh_(burst * 1e9 / static_cast<double>(refill_ns), burst), max_addresses_(max_addresses) {}

  // Takes one; false if there is none, or if too many addresses are known at once.
  [[nodiscard]] bool allow(const std::string& address, int64_t now_ns);
  // What allow() took did not count after all.
  void give_back(const std::string& address, int64_t now_ns);

 private:
  RateLimit fresh_;
  size_t max_addresses_;
  std::unordered_map<std::string, RateLimit> addresses_;
};

}  // namespace roundelay
