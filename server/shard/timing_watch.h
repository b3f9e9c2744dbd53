// One singer's timing in a song: keeps the onsets of what she sang, holds them against what she heard, and judges once the song
// is over for her. Loop thread only; add() is safe in the tick, the rest allocates nothing and takes some 20 us.
#pragma once

#include <cstdint>
#include <optional>

#include "mixer/room_state.h"
#include "mixer/timing_meter.h"

namespace roundelay {

class TimingWatch {
 public:
  void song_begins(const RoomState& room);
  // A block that she sang.
  void add(Position at, Block voice) { sung_.add(at, voice); }

  struct Judged {
    uint32_t song = 0;  // its number
    int late_ms = 0;    // below 0: early
  };

  // Once a second: she has sung up to `until` (0: not yet) and hears `now`, her bucket's position. By how much she was late in
  // the song that is over, or that another has followed: told once, and only where it is certain.
  [[nodiscard]] std::optional<Judged> visit(const EnergyRing& heard, const RoomState& room, Position until, Position now);

  // Her last blocks come so much after she heard the song's end.
  static constexpr Blocks kJudgedAfter{100};

 private:
  EnergyRing sung_{TimingMeter::kRingBlocks};
  TimingMeter meter_;
  uint32_t song_ = 0;  // 0: nothing to judge
};

}  // namespace roundelay
