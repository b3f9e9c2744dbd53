// How often something is allowed per address: a bucket of `burst` tokens that refills evenly. Pure; bounded memory.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

namespace roundelay {

class RateLimiter {
 public:
  RateLimiter(int burst, int64_t refill_ns, size_t max_addresses = 100'000)
      : burst_(burst), refill_ns_(refill_ns), max_addresses_(max_addresses) {}

  // Takes a token; false if there is none, or if too many addresses are known at once.
  [[nodiscard]] bool allow(const std::string& address, int64_t now_ns);

 private:
  int64_t burst_;
  int64_t refill_ns_;  // in which an empty bucket becomes full
  size_t max_addresses_;
  // When the bucket will be full again; the time until then is what is missing (the generic cell rate algorithm).
  std::unordered_map<std::string, int64_t> full_at_;
};

}  // namespace roundelay
