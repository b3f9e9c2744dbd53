// A round by repeats: each voice is written again at later positions, each exactly so many beats behind the voice, which need not
// be on the grid. Safe in the tick; one per use, from the room's state.
#pragma once

#include <cstdint>

#include "mixer/lane.h"
#include "mixer/room_state.h"

namespace roundelay {

class Repeats {
 public:
  explicit Repeats(const RoomState& room) : room_(room) {}

  // So far ahead of now repeats may be written by the singers of the room, at most. The ring holds so much less of the past.
  [[nodiscard]] Blocks ahead() const;
  // Writes again what was added to `lane` at `at`: `voice`, its gain running from `from` to `to`. Each repeat counts as `people`
  // in the block in which it begins. What lies behind the song's end is left out; what reaches it dies away.
  void add(LaneWriter& lane, Position at, Block voice, float from, float to, uint32_t people) const;

 private:
  [[nodiscard]] bool any() const { return room_.bpm_tenths != 0 && room_.round_beats != 0 && room_.round_repeats != 0; }
  // How far behind the voice the repeat lies, in samples.
  [[nodiscard]] int64_t distance(uint32_t repeat) const;
  void add_part(LaneWriter& lane, Position at, Block part, uint32_t people) const;

  const RoomState& room_;
};

}  // namespace roundelay
