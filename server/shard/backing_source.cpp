#include "server/shard/backing_source.h"

#include "mixer/tempo.h"

namespace roundelay {

bool BackingSource::clicks_on(int64_t beat, int bucket) const {
  if (beat < 0) return beat >= -int64_t{room_->count_in_beats};
  if (room_->click != 0) return true;
  const int64_t enters = room_->part_of(bucket) * room_->round_beats;
  return beat < enters && beat >= enters - int64_t{room_->beats_per_bar};
}

std::span<const uint8_t> BackingSource::click(Position at, int bucket) const {
  // A click has packets from the block before its own to the block behind. The fastest clicks lie ten blocks apart, so that each
  // block belongs to one at most.
  const Tempo tempo(room_->bpm_tenths);
  const int64_t beat = tempo.first_beat_from(at.samples - kBlockSamples - room_->music);
  const Position begins{room_->music + tempo.samples_to(beat)};
  const Position own = grid_floor(begins);
  const int64_t index = blocks_between(at, own).count + 1;
  if (index < 0 || index >= ClickPackets::kBlocks) return {};
  if (!clicks_on(beat, bucket) || begins.samples >= room_->song_end) return {};
  const int64_t beats_per_bar = room_->beats_per_bar;
  const bool accent = beats_per_bar > 1 && beat % beats_per_bar == 0;
  return clicks_->packet(static_cast<int>(begins.samples - own.samples), accent, static_cast<int>(index));
}

}  // namespace roundelay
