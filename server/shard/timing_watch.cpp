#include "server/shard/timing_watch.h"

#include <cmath>

namespace roundelay {

void TimingWatch::song_begins(const RoomState& room) {
  song_ = room.song_number;
  meter_.restart({room.song_start});
}

std::optional<int> TimingWatch::visit(const EnergyRing& heard, const RoomState& room, Position until, Position now) {
  if (song_ == 0 || song_ != room.song_number) return std::nullopt;
  if (until.samples != 0) (void)meter_.take_window(sung_, heard, until);
  if (room.song_end == kNoEnd || now < Position{room.song_end} + kJudgedAfter) return std::nullopt;
  song_ = 0;
  const TimingMeter::Judgement judgement = meter_.judge();
  return judgement.certain ? std::optional(static_cast<int>(std::lround(judgement.late_ms))) : std::nullopt;
}

}  // namespace roundelay
