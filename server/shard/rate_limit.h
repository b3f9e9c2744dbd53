// A token bucket: so many a second on average, bursts up to a size. Time is given in, so that tests need no clock.
// A plain value, safe in the tick.
#pragma once

#include <algorithm>
#include <cstdint>

namespace roundelay {

class RateLimit {
 public:
  RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst), tokens_(burst) {}

  // Takes `n` if they are there.
  [[nodiscard]] bool take(int64_t now_ns, double n = 1) {
    if (last_ns_ != 0) tokens_ = std::min(burst_, tokens_ + static_cast<double>(now_ns - last_ns_) * 1e-9 * per_second_);
    last_ns_ = now_ns;
    if (tokens_ < n) return false;
    tokens_ -= n;
    return true;
  }

 private:
  double per_second_;
  double burst_;
  double tokens_;
  int64_t last_ns_ = 0;
};

}  // namespace roundelay
