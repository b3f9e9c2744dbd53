#include "server/shard/backing_source.h"

#include "mixer/tempo.h"

namespace roundelay {

std::span<const uint8_t> BackingSource::click(Position at) const {
  // A click has packets from the block before its own to the block behind. The fastest clicks lie ten blocks apart, so that each
  // block belongs to one at most.
  const Tempo tempo(room_->bpm_tenths);
  const int64_t beat = tempo.first_beat_from(at.samples - kBlockSamples - room_->music);
  const Position begins{room_->music + tempo.samples_to(beat)};
  const Position own = grid_floor(begins);
  const int64_t index = blocks_between(at, own).count + 1;
  if (index < 0 || index >= ClickPackets::kBlocks) return {};
  if (beat < -int64_t{room_->count_in_beats} || (beat >= 0 && room_->click == 0) || begins.samples >= room_->song_end) return {};
  const int64_t beats_per_bar = room_->beats_per_bar;
  const bool accent = beats_per_bar > 1 && beat % beats_per_bar == 0;
  return clicks_->packet(static_cast<int>(begins.samples - own.samples), accent, static_cast<int>(index));
}

}  // namespace roundelay
