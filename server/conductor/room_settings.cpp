#include "server/conductor/room_settings.h"

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>

#include "mixer/room_state.h"
#include "server/conductor/fields.h"

namespace roundelay {
namespace {

constexpr int kBlockMs = 20;
constexpr int kRingSlackBlocks = 250;  // 5 s: how late a voice may come in the last bucket
constexpr uint32_t kLeastRingBlocks = 256;
constexpr int kLeastIntervalMs = 60, kMostIntervalMs = 10'000, kMostFirstOffsetMs = 10'000;

int blocks_of_ms(int64_t ms) {
  return static_cast<int>((ms + kBlockMs / 2) / kBlockMs);
}

bool fits(const RoomSettings& settings, uint32_t lane_blocks) {
  return ring_blocks(settings) <= lane_blocks;
}

}  // namespace

RoomSettings default_settings(const Config& config) {
  return {.interval_blocks = blocks_of_ms(config.default_interval_ms),
          .first_offset_blocks = blocks_of_ms(config.default_first_offset_ms),
          .buckets = config.default_buckets,
          .automatic_gain = true};
}

uint32_t ring_blocks(const RoomSettings& settings) {
  return std::max(kLeastRingBlocks, std::bit_ceil(static_cast<uint32_t>(settings.last_offset().count + kRingSlackBlocks)));
}

tl::expected<RoomSettings, std::string> changed_settings(const RoomSettings& now, const nlohmann::json& message,
                                                         uint32_t lane_blocks) {
  RoomSettings next = now;
  if (const auto interval = integer_field(message, "interval_ms", kLeastIntervalMs, kMostIntervalMs); !interval.valid) {
    return tl::unexpected(std::string("The interval must be from 60 to 10000 ms."));
  } else if (interval.present) {
    next.interval_blocks = blocks_of_ms(interval.value);
  }
  if (const auto first = integer_field(message, "first_offset_ms", 0, kMostFirstOffsetMs); !first.valid) {
    return tl::unexpected(std::string("The first bucket's offset must be from 0 to 10000 ms."));
  } else if (first.present) {
    next.first_offset_blocks = blocks_of_ms(first.value);
  }
  if (const auto buckets = integer_field(message, "buckets", 2, kMaxBuckets); !buckets.valid) {
    return tl::unexpected("A room must have from 2 to " + std::to_string(kMaxBuckets) + " buckets.");
  } else if (buckets.present) {
    next.buckets = static_cast<int>(buckets.value);
  }
  if (const auto gain = bool_field(message, "automatic_gain"); !gain.valid) {
    return tl::unexpected(std::string("Automatic gain must be true or false."));
  } else if (gain.present) {
    next.automatic_gain = gain.value;
  }
  if (!fits(next, lane_blocks)) {
    const int64_t most_ms = (int64_t{std::bit_floor(lane_blocks)} - kRingSlackBlocks) * kBlockMs;
    return tl::unexpected("The last bucket would be " + std::to_string(next.last_offset().count * kBlockMs) +
                          " ms behind; at most " + std::to_string(most_ms) + " ms are possible.");
  }
  return next;
}

nlohmann::json settings_json(const RoomSettings& settings) {
  nlohmann::json offsets = nlohmann::json::array();
  for (int bucket = 1; bucket <= settings.buckets; ++bucket) offsets.push_back(settings.offset_of(bucket).count);
  return {{"interval_blocks", settings.interval_blocks},
          {"first_offset_blocks", settings.first_offset_blocks},
          {"buckets", settings.buckets},
          {"offsets", offsets},
          {"automatic_gain", settings.automatic_gain},
          {"ring_blocks", ring_blocks(settings)}};
}

nlohmann::json stored_settings(const RoomSettings& settings) {
  return {{"interval_blocks", settings.interval_blocks},
          {"first_offset_blocks", settings.first_offset_blocks},
          {"buckets", settings.buckets},
          {"automatic_gain", settings.automatic_gain}};
}

RoomSettings settings_from_stored(const nlohmann::json& stored, const RoomSettings& fallback, uint32_t lane_blocks) {
  const auto interval = integer_field(stored, "interval_blocks", kLeastIntervalMs / kBlockMs, kMostIntervalMs / kBlockMs);
  const auto first = integer_field(stored, "first_offset_blocks", 0, kMostFirstOffsetMs / kBlockMs);
  const auto buckets = integer_field(stored, "buckets", 2, kMaxBuckets);
  const auto gain = bool_field(stored, "automatic_gain");
  RoomSettings settings = fallback;
  if (interval.present && interval.valid) settings.interval_blocks = static_cast<int>(interval.value);
  if (first.present && first.valid) settings.first_offset_blocks = static_cast<int>(first.value);
  if (buckets.present && buckets.valid) settings.buckets = static_cast<int>(buckets.value);
  if (gain.present && gain.valid) settings.automatic_gain = gain.value;
  return fits(settings, lane_blocks) ? settings : fallback;
}

}  // namespace roundelay
