#include "mixer/room_state.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "mixer/seqlock.h"

namespace roundelay {

static_assert(std::is_trivially_copyable_v<RoomState>);
static_assert(sizeof(RoomState) == 200, "no padding: every byte of the words is a value");

bool RoomState::is_usable(uint32_t lane_blocks) const {
  if (generation == 0) return true;  // nothing else of it is looked at
  constexpr int64_t kMostPosition = int64_t{1} << 53;
  constexpr float kMostVolume = 64;
  constexpr float kMostBoost = 16;
  constexpr float kMostBackingGain = 100;
  const auto is_position = [](int64_t samples) {
    return samples >= 0 && samples <= kMostPosition && Position{samples}.on_grid();
  };
  const auto is_offset = [&](int32_t blocks) { return blocks >= 0 && static_cast<uint32_t>(blocks) <= lane_blocks; };
  const bool is_tempo = bpm_tenths == 0 || (bpm_tenths >= kLeastBpmTenths && bpm_tenths <= kMostBpmTenths && beats_per_bar >= 1);
  return is_tempo && beats_per_bar <= kMostBeatsPerBar && count_in_beats <= 2 * kMostBeatsPerBar &&
         round_beats <= kMostRoundBeats && round_repeats <= kMostRoundRepeats && round_parts <= kMaxBuckets &&
         is_position(music) && is_position(song_start) && (is_position(song_end) || song_end == kNoEnd) &&
         song_start <= song_end && bucket_count >= 1 && bucket_count <= kMaxBuckets && is_offset(interval_blocks) &&
         is_offset(first_offset_blocks) && ring_blocks <= lane_blocks && (ring_blocks & (ring_blocks - 1)) == 0 && volume >= 0 &&
         volume <= kMostVolume && leader_boost >= 0 && leader_boost <= kMostBoost && backing_gain >= 0 &&
         backing_gain <= kMostBackingGain && solo_bucket >= 0 && solo_bucket <= bucket_count &&
         part_lanes < (uint64_t{1} << kMostParts) && (part_lanes == 0 || ring_blocks != 0);
}

namespace {

// As far as the ring reaches, so that a position is read long before its block is written anew.
Blocks within_ring(Blocks offset, uint32_t ring_blocks) {
  constexpr int kSpareBlocks = 16;
  return {std::min(offset.count, std::max(int64_t{ring_blocks} - kSpareBlocks, int64_t{0}))};
}

}  // namespace

Blocks RoomState::solo_offset() const {
  return within_ring(offset_of(solo_bucket), ring_blocks);
}

Blocks RoomState::record_offset() const {
  return within_ring(offset_of(bucket_count), ring_blocks);
}

void RoomStateCell::store(const RoomState& state) {
  uint64_t words[kWords] = {};
  std::memcpy(words, &state, sizeof state);
  const SeqlockWrite write = seqlock_open(sequence_);
  for (int i = 0; i < kWords; ++i) words_[i].store(words[i], std::memory_order_relaxed);
  seqlock_close(sequence_, write);
}

bool RoomStateCell::load(RoomState& state, uint64_t* version) const {
  uint64_t words[kWords] = {};
  uint64_t seen = 0;
  const SeqlockRead read = seqlock_read(
      sequence_, [] { return true; },
      [&] {
        seen = sequence_.load(std::memory_order_relaxed);
        for (int i = 0; i < kWords; ++i) words[i] = words_[i].load(std::memory_order_relaxed);
      });
  if (read != SeqlockRead::kCopied) return false;
  std::memcpy(&state, words, sizeof state);
  state.id[sizeof state.id - 1] = '\0';  // whatever the memory held, it ends
  if (version != nullptr) *version = seen;
  return true;
}

}  // namespace roundelay
