#include "server/shard/timing_watch.h"

#include <cmath>
#include <utility>

namespace roundelay {

void TimingWatch::song_begins(const RoomState& room) {
  song_ = room.song_number;
  meter_.restart({room.song_start});
}

std::optional<TimingWatch::Judged> TimingWatch::visit(const EnergyRing& heard, const RoomState& room, Position until,
                                                      Position now) {
  if (song_ == 0) return std::nullopt;
  if (until.samples != 0) (void)meter_.take_window(sung_, heard, until);
  const bool followed = song_ != room.song_number;
  if (!followed && (room.song_end == kNoEnd || now < Position{room.song_end} + kJudgedAfter)) return std::nullopt;
  const uint32_t song = std::exchange(song_, 0);
  const TimingMeter::Judgement judgement = meter_.judge();
  if (!judgement.certain) return std::nullopt;
  return Judged{song, static_cast<int>(std::lround(judgement.late_ms))};
}

}  // namespace roundelay
