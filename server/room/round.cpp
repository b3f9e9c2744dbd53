#include "server/room/round.h"

#include <algorithm>
#include <cstdlib>

#include "mixer/repeats.h"
#include "mixer/tempo.h"

namespace roundelay {
namespace {

constexpr int64_t kMostOffsetSamples = int64_t{90} * kSampleRate;

int64_t repeat_samples(const Plan& plan, int repeats) {
  return Tempo(static_cast<uint32_t>(*plan.bpm_tenths)).samples_to(int64_t{repeats} * plan.round->beats);
}

bool is_round(const Plan& plan) {
  return plan.bpm_tenths && plan.round && plan.round->parts == 0;
}

}  // namespace

std::vector<control::SongPart> song_parts(const Plan& plan, Position music, int buckets) {
  std::vector<control::SongPart> out;
  if (!plan.bpm_tenths || !plan.round || plan.round->parts == 0) return out;
  RoomState state;
  put_plan(plan, state);
  for (int bucket = 0; bucket < buckets; ++bucket) {
    const int64_t part = state.part_of(bucket);
    const int64_t behind = Tempo(state.bpm_tenths).samples_to(part * state.round_beats);
    out.push_back({static_cast<int>(part) + 1, music.samples + behind});
  }
  return out;
}

int bucket_of_round_part(int part, int parts, int buckets, int bucket) {
  int nearest = 0;
  for (int each = 2; each <= buckets; ++each) {
    if ((each - 1) % parts != part - 1) continue;
    if (nearest == 0 || std::abs(each - bucket) <= std::abs(nearest - bucket)) nearest = each;
  }
  return nearest;
}

Blocks rest_of_parts(const Plan& plan) {
  if (!plan.bpm_tenths || !plan.round || plan.round->parts == 0) return {0};
  const int64_t samples = repeat_samples(plan, plan.round->parts - 1);
  return {(samples + kBlockSamples - 1) / kBlockSamples};
}

Blocks round_offset(const Plan& plan) {
  if (!is_round(plan)) return {0};
  const int64_t samples = std::min(repeat_samples(plan, plan.round->repeats), kMostOffsetSamples);
  return {(samples + kBlockSamples - 1) / kBlockSamples};
}

int last_round_bucket(const Plan& plan, const RoomSettings& settings) {
  if (!is_round(plan)) return settings.buckets;
  const int64_t interval = int64_t{settings.interval_blocks} * kBlockSamples;
  const int64_t fitting = (repeat_samples(plan, 1) - 1) / interval;  // intervals that are shorter than a repeat
  return static_cast<int>(std::clamp<int64_t>(1 + fitting, 2, settings.buckets));
}

RoundRoom room_for_round(RoomSettings settings, Plan plan, uint32_t lane_blocks) {
  const auto fitted = [&] {
    RoomState state;
    put_plan(plan, state);
    settings.round_offset_blocks = static_cast<int>(round_offset(plan).count);
    state.first_offset_blocks = static_cast<int32_t>(settings.offset_of(1).count);
    settings.round_ahead_blocks = static_cast<int>(Repeats(state).ahead().count);
  };
  fitted();
  while (is_round(plan) && ring_blocks(settings) > lane_blocks) {
    if (--plan.round->repeats == 0) plan.round.reset();
    fitted();
  }
  return {settings, plan};
}

}  // namespace roundelay
