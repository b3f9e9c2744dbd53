// How often something is allowed: so many a second on average, bursts up to a size. The generic cell rate algorithm (a token
// bucket kept as the time at which it will be full again). Time is given in, so that tests need no clock. A plain value, safe in
// the tick.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace roundelay {

class RateLimit {
 public:
  RateLimit(double per_second, double burst)
      : token_ns_(std::llround(1e9 / per_second)), burst_ns_(std::llround(burst * static_cast<double>(token_ns_))) {}

  // Takes `n` if they are there and `left` remain.
  [[nodiscard]] bool take(int64_t now_ns, int64_t n = 1, int64_t left = 0) {
    const int64_t full_at_ns = std::max(full_at_ns_, now_ns) + n * token_ns_;
    if (full_at_ns - now_ns > burst_ns_ - left * token_ns_) return false;
    full_at_ns_ = full_at_ns;
    return true;
  }
  // One that was taken is there again at once.
  void give_back(int64_t now_ns) {
    if (!full(now_ns)) full_at_ns_ -= token_ns_;
  }
  // Nothing was taken that has not come back: a fresh one would be the same.
  [[nodiscard]] bool full(int64_t now_ns) const { return full_at_ns_ <= now_ns; }

 private:
  int64_t token_ns_;  // in which one comes back
  int64_t burst_ns_;
  int64_t full_at_ns_ = INT64_MIN;
};

}  // namespace roundelay
