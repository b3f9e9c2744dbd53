// When a singer gets probes (PROTOCOL.md 2.3). Pure; safe in the tick.
#pragma once

#include "mixer/timeline.h"

namespace roundelay {

// As densely as the blocks of a song: a packet that is alone on the line is repeated only after a timer when it is lost, and
// would look like a slow line. Many at first, so that the loop time is known soon; then in short runs, as a watch.
class ProbeSchedule {
 public:
  static constexpr Blocks kFirst{500};
  static constexpr Blocks kRun{25};
  static constexpr Blocks kPause{475};

  // True if one is due at `at`; asked once a block while no song reaches her. A song's end is seen by the time that was not asked
  // for.
  [[nodiscard]] bool due(Position at) {
    if (end_.samples == 0 || at > end_ + kPause) {
      end_ = at + kFirst;
    } else if (at == end_ + kPause) {
      end_ = at + kRun;
    }
    return at < end_;
  }
  // She came, was moved, or a song began: starts with many again.
  void restart() { end_ = {}; }

 private:
  Position end_;  // of the run, this one not included; 0: none yet
};

}  // namespace roundelay
