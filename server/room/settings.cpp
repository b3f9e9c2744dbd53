#include "server/room/settings.h"

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mixer/room_state.h"
#include "server/room/milliseconds.h"
#include "server/wire/control/change_settings.h"
#include "server/wire/control/console.h"

namespace roundelay {
namespace {

using control::kAutomatic, control::kByHand;
using control::kLeastIntervalMs, control::kMostIntervalMs, control::kMostFirstOffsetMs;
constexpr uint32_t kLeastRingBlocks = 256;
constexpr int kFirstIntervalMs = 1'000;  // of an automatic room, until its first song

int blocks_of_ms(int64_t ms) {
  return static_cast<int>((ms + kBlockMs / 2) / kBlockMs);
}

bool fits(const RoomSettings& settings, uint32_t lane_blocks) {
  return ring_blocks(settings) <= lane_blocks;
}

}  // namespace

RoomSettings default_settings(const Config& config) {
  const bool automatic = config.default_interval_ms == 0;
  return {.interval_blocks = blocks_of_ms(automatic ? kFirstIntervalMs : config.default_interval_ms),
          .automatic_interval = automatic,
          .first_offset_blocks = blocks_of_ms(config.default_first_offset_ms),
          .buckets = config.default_buckets,
          .automatic_gain = true,
          .round_offset_blocks = 0,
          .round_ahead_blocks = 0};
}

uint32_t ring_blocks(const RoomSettings& settings) {
  return std::max(kLeastRingBlocks, std::bit_ceil(static_cast<uint32_t>(settings.last_offset().count +
                                                                        settings.round_ahead_blocks + kRingSlackBlocks)));
}

tl::expected<RoomSettings, Sentence> changed_settings(const RoomSettings& now, const control::ChangeSettings& wanted,
                                                      uint32_t lane_blocks) {
  RoomSettings next = now;
  if (wanted.interval_ms) {
    next.interval_blocks = blocks_of_ms(*wanted.interval_ms);
    next.automatic_interval = false;
  }
  if (wanted.automatic_interval) next.automatic_interval = *wanted.automatic_interval;
  if (wanted.first_offset_ms) next.first_offset_blocks = blocks_of_ms(*wanted.first_offset_ms);
  if (wanted.buckets) next.buckets = *wanted.buckets;
  if (wanted.automatic_gain) next.automatic_gain = *wanted.automatic_gain;
  if (wanted.volume) next.volume = *wanted.volume;
  if (wanted.backing_volume) next.backing_volume = *wanted.backing_volume;
  if (wanted.leader_boost_db) next.leader_boost_db = *wanted.leader_boost_db;
  if (wanted.level_match) next.level_match = *wanted.level_match;
  if (next.automatic_interval) next.interval_blocks = std::min(next.interval_blocks, most_interval_blocks(next, lane_blocks));
  if (!fits(next, lane_blocks)) {
    const int64_t most_ms = (int64_t{std::bit_floor(lane_blocks)} - kRingSlackBlocks) * kBlockMs;
    return tl::unexpected(phrase("last_group_too_far", {{"ms", next.last_offset().count * kBlockMs}, {"most", most_ms}}));
  }
  return next;
}

int most_interval_blocks(const RoomSettings& settings, uint32_t lane_blocks) {
  const int room = static_cast<int>(std::bit_floor(lane_blocks)) - kRingSlackBlocks - settings.first_offset_blocks;
  return room / (settings.buckets - 1);
}

control::Settings as_shown(const RoomSettings& settings) {
  control::Settings out{.automatic_interval = settings.automatic_interval,
                        .interval_blocks = settings.interval_blocks,
                        .first_offset_blocks = settings.first_offset_blocks,
                        .buckets = settings.buckets,
                        .offsets = {},
                        .automatic_gain = settings.automatic_gain,
                        .ring_blocks = ring_blocks(settings) - settings.round_ahead_blocks,
                        .volume = settings.volume,
                        .backing_volume = settings.backing_volume,
                        .leader_boost_db = settings.leader_boost_db,
                        .level_match = settings.level_match};
  for (int bucket = 1; bucket <= settings.buckets; ++bucket) out.offsets.push_back(settings.offset_of(bucket).count);
  return out;
}

nlohmann::json stored_settings(const RoomSettings& settings) {
  return {{"interval", settings.automatic_interval ? kAutomatic : kByHand},
          {"interval_blocks", settings.interval_blocks},
          {"first_offset_blocks", settings.first_offset_blocks},
          {"buckets", settings.buckets},
          {"automatic_gain", settings.automatic_gain},
          {"volume", settings.volume},
          {"backing_volume", settings.backing_volume},
          {"leader_boost_db", settings.leader_boost_db},
          {"level_match", settings.level_match},
          {"part_volumes", control::Console::volumes_json(settings.part_volumes)}};
}

RoomSettings settings_from_stored(const nlohmann::json& stored, const RoomSettings& fallback, uint32_t lane_blocks) {
  const auto interval = integer_field(stored, "interval_blocks", kLeastIntervalMs / kBlockMs, kMostIntervalMs / kBlockMs);
  const auto first = integer_field(stored, "first_offset_blocks", 0, kMostFirstOffsetMs / kBlockMs);
  const auto buckets = integer_field(stored, "buckets", 2, kMaxBuckets);
  const auto gain = bool_field(stored, "automatic_gain");
  RoomSettings settings = fallback;
  // Rooms that were stored before there was a choice keep the interval that they were given.
  if (interval.present) settings.automatic_interval = text_field(stored, "interval").value == kAutomatic;
  if (interval.given()) settings.interval_blocks = static_cast<int>(interval.value);
  if (first.given()) settings.first_offset_blocks = static_cast<int>(first.value);
  if (buckets.given()) settings.buckets = static_cast<int>(buckets.value);
  if (gain.given()) settings.automatic_gain = gain.value;
  const auto volume = control::volume_field(stored, "volume");
  const auto backing = control::volume_field(stored, "backing_volume");
  const auto boost = number_field(stored, "leader_boost_db", 0, control::kMostLeaderBoostDb);
  if (volume.given()) settings.volume = volume.value;
  if (backing.given()) settings.backing_volume = backing.value;
  if (boost.given()) settings.leader_boost_db = boost.value;
  settings.level_match = bool_field(stored, "level_match").value;
  if (auto parts = control::Console::read_volumes(stored, "part_volumes")) settings.part_volumes = *std::move(parts);
  return fits(settings, lane_blocks) ? settings : fallback;
}

}  // namespace roundelay
