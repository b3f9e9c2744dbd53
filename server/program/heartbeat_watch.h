// Judges by a heartbeat whether a process stands still. Pure: what was seen and when is given in; the supervisor looks several
// times a second.
//
// Only time in which the supervisor itself could look counts: a machine or container that was paused as a whole wakes with old
// heartbeats everywhere, and nobody is to blame.
#pragma once

#include <cstdint>

namespace roundelay {

class HeartbeatWatch {
 public:
  struct Limits {
    int64_t standing_ns;  // how long the heartbeat may stand
    int64_t starting_ns;  // how long the first one may take
  };
  // The most that counts for one look: whoever looks later than this was held up herself.
  static constexpr int64_t kMostPerLookNs = 250'000'000;
  // What counts against a process although it waits for a core or a disk: at most so much patience, times its limit.
  static constexpr int64_t kPatience = 15;

  explicit HeartbeatWatch(Limits limits) : limits_(limits) {}

  // A process begins; `beat` is what its predecessor left.
  void begin(int64_t beat, int64_t now_ns) {
    *this = HeartbeatWatch(limits_);
    beat_ = beat;
    looked_ns_ = now_ns;
  }
  // `held_up`: it waits for a core or a disk, so that ending it would help nobody. True when it has stood for too long.
  [[nodiscard]] bool look(int64_t beat, bool held_up, int64_t now_ns) {
    const int64_t step_ns = now_ns - looked_ns_ < kMostPerLookNs ? now_ns - looked_ns_ : kMostPerLookNs;
    looked_ns_ = now_ns;
    if (beat != beat_) {
      beat_ = beat;
      came_up_ = true;
      standing_ns_ = 0;
      waiting_ns_ = 0;
      return false;
    }
    (held_up ? waiting_ns_ : standing_ns_) += step_ns;
    const int64_t limit_ns = came_up_ ? limits_.standing_ns : limits_.starting_ns;
    return standing_ns_ + waiting_ns_ / kPatience >= limit_ns;
  }
  // It has beaten since it began.
  [[nodiscard]] bool came_up() const { return came_up_; }

 private:
  Limits limits_;
  int64_t beat_ = 0;
  int64_t looked_ns_ = 0;
  int64_t standing_ns_ = 0;
  int64_t waiting_ns_ = 0;
  bool came_up_ = false;
};

}  // namespace roundelay
