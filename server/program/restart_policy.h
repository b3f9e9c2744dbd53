// When a process that ended is started again, and when that is given up. Pure; time is given in.
//
// Whoever came up starts again for ever. Who does not come up is tried a bounded number of times while the server starts. Once it
// was ready, songs may be on that need no conductor: then for a minute at least.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace roundelay {

class RestartPolicy {
 public:
  static constexpr int64_t kFirstDelayNs = 50'000'000;
  static constexpr int64_t kLastDelayNs = 2'000'000'000;
  static constexpr int64_t kStableNs = 10'000'000'000;  // who lived this long starts again at once
  static constexpr int kMostFailedStarts = 6;
  static constexpr int64_t kKeepTryingNs = 60'000'000'000;

  struct Ended {
    bool came_up;      // it had begun its work
    bool for_good;     // it said that another try would not help
    int64_t lived_ns;  // since its start
  };
  // How long to wait before the next start; nothing: give up.
  [[nodiscard]] std::optional<int64_t> ended(const Ended& how, bool server_was_ready, int64_t now_ns) {
    delay_ns_ = how.lived_ns > kStableNs && how.came_up ? kFirstDelayNs : std::min(delay_ns_ * 2, kLastDelayNs);
    if (how.came_up) {
      failed_starts_ = 0;
      return delay_ns_;
    }
    if (failed_starts_++ == 0) failing_since_ns_ = now_ns;
    const bool enough = server_was_ready ? failed_starts_ >= kMostFailedStarts && now_ns - failing_since_ns_ >= kKeepTryingNs
                                         : failed_starts_ >= kMostFailedStarts || how.for_good;
    return enough ? std::nullopt : std::optional(delay_ns_);
  }

 private:
  int64_t delay_ns_ = kFirstDelayNs;
  int failed_starts_ = 0;  // in a row
  int64_t failing_since_ns_ = 0;
};

}  // namespace roundelay
