#include "mixer/repeats.h"

#include <algorithm>

#include "mixer/tempo.h"

namespace roundelay {

int64_t Repeats::distance(uint32_t repeat) const {
  return Tempo(room_.bpm_tenths).samples_to(int64_t{repeat} * room_.round_beats);
}

Blocks Repeats::ahead() const {
  if (!any()) return {0};
  constexpr int64_t kBlocksOfARepeat = 2;  // into which one block may fall
  const int64_t samples = distance(room_.round_repeats) - room_.offset_of(0).count * kBlockSamples;
  return {samples <= 0 ? 0 : samples / kBlockSamples + kBlocksOfARepeat};
}

void Repeats::add(LaneWriter& lane, Position at, Block voice, float from, float to, uint32_t people) const {
  if (!any() || at.samples < room_.music) return;
  alignas(64) float sound[kBlockSamples];
  copy_ramped(sound, voice, from, to);
  for (uint32_t repeat = 1; repeat <= room_.round_repeats; ++repeat) {
    const Position begins{at.samples + distance(repeat)};
    if (begins.samples >= room_.song_end) return;
    const Position first = grid_floor(begins);
    const auto shift = begins.samples - first.samples;
    alignas(64) float part[kBlockSamples];
    std::fill_n(part, shift, 0.0F);
    std::copy(sound, sound + kBlockSamples - shift, part + shift);
    add_part(lane, first, part, people);
    if (shift == 0) continue;
    std::copy(sound + kBlockSamples - shift, sound + kBlockSamples, part);
    std::fill(part + shift, part + kBlockSamples, 0.0F);
    add_part(lane, first + Blocks{1}, part, 0);
  }
}

void Repeats::add_part(LaneWriter& lane, Position at, Block part, uint32_t people) const {
  if (at.samples >= room_.song_end) return;
  const bool last = at.samples + kBlockSamples == room_.song_end;
  lane.add(at, part, 1.0F, last ? 0.0F : 1.0F, people);
}

}  // namespace roundelay
