// When a singer gets probes (PROTOCOL.md 2.3). Pure; safe in the tick.
#pragma once

#include <algorithm>

#include "mixer/timeline.h"

namespace roundelay {

// How many loop times are needed before a song. Over TCP a lost packet holds up those behind it until it is repeated, and the
// interval is made for that (interval.h). At 0.5 % loss each way one probe in a hundred meets one: of 500, 99.3 % of all lines
// show it, of 100, 63 %.
struct ProbePolicy {
  bool saving = false;  // the shard sheds work

  static constexpr int kEnough = 500;
  static constexpr int kLeast = 100;  // of fewer a 99th percentile is a maximum
  // A line on which what a repetition adds stays within the least interval: two more ways of this, times the interval's reserve.
  static constexpr double kQuickMs = 70;

  [[nodiscard]] bool is_quick(int times, double loop_ms) const { return times >= kLeast && loop_ms <= kQuickMs; }
  [[nodiscard]] bool enough(int times, bool quick) const { return times >= (saving || quick ? kLeast : kEnough); }
};

// In runs as dense as the blocks of a song: a packet that is alone on the line is repeated only after a timer when it is lost,
// and would look like a slow line. At first one long enough for a first estimate, then shorter ones, so that what is measured
// lies further apart than one disturbance lasts, until there are enough; then few, as a watch.
class ProbeSchedule {
 public:
  static constexpr Blocks kFirst{150};
  static constexpr Blocks kRun{50};
  static constexpr Blocks kCycle{125};  // from a run's beginning to the next one's
  static constexpr Blocks kWatch{25};
  static constexpr Blocks kWatchCycle{500};
  static constexpr int kMost = 600;  // until it is only watched, whatever comes back

  // True if one is due at `at`; asked once a block while no song reaches her. `enough`: her loop time is known well by now.
  [[nodiscard]] bool due(Position at, bool enough) {
    const bool jumped = next_run_ > at + kWatchCycle;  // she was moved, or the room's offsets changed
    if (at >= next_run_ || jumped) {
      const bool watch = enough || sent_ >= kMost;
      const Blocks run = watch ? kWatch : sent_ == 0 ? kFirst : kRun;
      run_end_ = at + run;
      next_run_ = at + (watch ? kWatchCycle : std::max(kCycle, run + kRun));
    }
    if (at >= run_end_) return false;
    ++sent_;
    return true;
  }
  // What was measured does not count any more.
  void restart() { *this = {}; }

 private:
  Position run_end_;  // this one not included
  Position next_run_;
  int sent_ = 0;  // while they are not enough
};

}  // namespace roundelay
