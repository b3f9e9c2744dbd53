#include "server/room/room_settings.h"

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mixer/room_state.h"
#include "server/wire/control/fields.h"
#include "server/wire/control/settings.h"

namespace roundelay {
namespace {

constexpr int kBlockMs = 20;
using control::kAutomatic, control::kByHand;
constexpr uint32_t kLeastRingBlocks = 256;
constexpr int kFirstIntervalMs = 1'000;  // of an automatic room, until its first song
constexpr int kLeastIntervalMs = 60, kMostIntervalMs = 10'000, kMostFirstOffsetMs = 10'000;

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
          .automatic_gain = true};
}

uint32_t ring_blocks(const RoomSettings& settings) {
  return std::max(kLeastRingBlocks, std::bit_ceil(static_cast<uint32_t>(settings.last_offset().count + kRingSlackBlocks)));
}

tl::expected<RoomSettings, std::string> changed_settings(const RoomSettings& now, const nlohmann::json& message,
                                                         uint32_t lane_blocks) {
  RoomSettings next = now;
  // What stays is left out: null is what a program says that has no number, and is no wish.
  for (const char* name : {"interval", "interval_ms", "first_offset_ms", "buckets", "automatic_gain"}) {
    const auto given = message.find(name);
    if (given != message.end() && given->is_null()) return tl::unexpected(std::string(name) + " must not be null; leave it out.");
  }
  if (const auto interval = integer_field(message, "interval_ms", kLeastIntervalMs, kMostIntervalMs); !interval.valid) {
    return tl::unexpected(std::string("The interval must be from 60 to 10000 ms."));
  } else if (interval.present) {
    next.interval_blocks = blocks_of_ms(interval.value);
    next.automatic_interval = false;
  }
  if (const auto way = text_field(message, "interval");
      !way.valid || (way.present && way.value != kAutomatic && way.value != kByHand)) {
    return tl::unexpected(std::string("interval must be automatic or by_hand."));
  } else if (way.present) {
    next.automatic_interval = way.value == kAutomatic;
    if (next.automatic_interval && find_field(message, "interval_ms") != nullptr)
      return tl::unexpected(std::string("An automatic interval cannot be given in milliseconds as well."));
  }
  if (const auto first = integer_field(message, "first_offset_ms", 0, kMostFirstOffsetMs); !first.valid) {
    return tl::unexpected(std::string("The first bucket's offset must be from 0 to 10000 ms."));
  } else if (first.present) {
    next.first_offset_blocks = blocks_of_ms(first.value);
  }
  if (const auto buckets = integer_field(message, "buckets", 2, kMaxBuckets); !buckets.valid) {
    return tl::unexpected(std::string("A room must have from 2 to ").append(std::to_string(kMaxBuckets)).append(" buckets."));
  } else if (buckets.present) {
    next.buckets = static_cast<int>(buckets.value);
  }
  if (const auto gain = bool_field(message, "automatic_gain"); !gain.valid) {
    return tl::unexpected(std::string("Automatic gain must be true or false."));
  } else if (gain.present) {
    next.automatic_gain = gain.value;
  }
  if (next.automatic_interval) next.interval_blocks = std::min(next.interval_blocks, most_interval_blocks(next, lane_blocks));
  if (!fits(next, lane_blocks)) {
    const int64_t most_ms = (int64_t{std::bit_floor(lane_blocks)} - kRingSlackBlocks) * kBlockMs;
    return tl::unexpected("The last bucket would be " + std::to_string(next.last_offset().count * kBlockMs) +
                          " ms behind; at most " + std::to_string(most_ms) + " ms are possible.");
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
                        .ring_blocks = ring_blocks(settings)};
  for (int bucket = 1; bucket <= settings.buckets; ++bucket) out.offsets.push_back(settings.offset_of(bucket).count);
  return out;
}

nlohmann::json stored_settings(const RoomSettings& settings) {
  return {{"interval", settings.automatic_interval ? kAutomatic : kByHand},
          {"interval_blocks", settings.interval_blocks},
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
  // Rooms that were stored before there was a choice keep the interval that they were given.
  if (interval.present) settings.automatic_interval = text_field(stored, "interval").value == kAutomatic;
  if (interval.given()) settings.interval_blocks = static_cast<int>(interval.value);
  if (first.given()) settings.first_offset_blocks = static_cast<int>(first.value);
  if (buckets.given()) settings.buckets = static_cast<int>(buckets.value);
  if (gain.given()) settings.automatic_gain = gain.value;
  return fits(settings, lane_blocks) ? settings : fallback;
}

}  // namespace roundelay
