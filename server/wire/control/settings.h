// A room's settings as clients see them, and `settings` of the server: they were changed (PROTOCOL.md 3.2).
#pragma once

#include <string_view>

#include "mixer/gain.h"
#include "mixer/room_state.h"
#include "server/wire/control/message.h"
#include "server/wire/control/volume.h"

namespace roundelay::control {

// How the interval is chosen.
inline constexpr std::string_view kAutomatic = "automatic", kByHand = "by_hand";

struct Settings {
  bool automatic_interval = false;
  int64_t interval_blocks = 0;
  int64_t first_offset_blocks = 0;
  int buckets = 0;
  std::vector<int64_t> offsets;  // blocks, of each bucket
  bool automatic_gain = false;
  int64_t ring_blocks = 0;
  // Earlier servers leave these out.
  double volume = 1;
  double backing_volume = 1;
  double leader_boost_db = kLeaderBoostDb;
  bool level_match = false;

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"interval", automatic_interval ? kAutomatic : kByHand},
            {"interval_blocks", interval_blocks},
            {"first_offset_blocks", first_offset_blocks},
            {"buckets", buckets},
            {"offsets", offsets},
            {"automatic_gain", automatic_gain},
            {"ring_blocks", ring_blocks},
            {"volume", volume},
            {"backing_volume", backing_volume},
            {"leader_boost_db", leader_boost_db},
            {"level_match", level_match}};
  }

  [[nodiscard]] static Read<Settings> read(const nlohmann::json& in) {
    const auto way = text_field(in, "interval");  // earlier servers leave it out
    const auto interval = integer_field(in, "interval_blocks", 0, kMaxNumber);
    const auto first = integer_field(in, "first_offset_blocks", 0, kMaxNumber);
    const auto buckets = integer_field(in, "buckets", 1, kMaxBuckets);
    const auto gain = bool_field(in, "automatic_gain");
    const auto ring = integer_field(in, "ring_blocks", 0, kMaxNumber);
    if (!way.valid || (way.present && way.value != kAutomatic && way.value != kByHand))
      return wrong("interval must be \"automatic\" or \"by_hand\".");
    if (!interval.given() || !first.given() || !ring.given())
      return wrong("interval_blocks, first_offset_blocks and ring_blocks must be whole numbers.");
    if (!buckets.given()) return wrong("buckets must be a whole number from 1 to 8.");
    if (!gain.given()) return wrong("automatic_gain must be true or false.");
    const auto volume = volume_field(in, "volume");
    const auto backing = volume_field(in, "backing_volume");
    const auto boost = number_field(in, "leader_boost_db", 0, kMostLeaderBoostDb);
    const auto match = bool_field(in, "level_match");
    if (!volume.valid || !backing.valid) return wrong("volume and backing_volume must be from 0 to 2.");
    if (!boost.valid) return wrong("leader_boost_db must be from 0 to 12.");
    if (!match.valid) return wrong("level_match must be true or false.");
    Settings out{.automatic_interval = way.value == kAutomatic,
                 .interval_blocks = interval.value,
                 .first_offset_blocks = first.value,
                 .buckets = static_cast<int>(buckets.value),
                 .offsets = {},
                 .automatic_gain = gain.value,
                 .ring_blocks = ring.value,
                 .level_match = match.value};
    if (volume.present) out.volume = volume.value;
    if (backing.present) out.backing_volume = backing.value;
    if (boost.present) out.leader_boost_db = boost.value;
    const nlohmann::json& offsets = part(in, "offsets");
    if (!offsets.is_array() || offsets.size() < static_cast<size_t>(out.buckets))
      return wrong("offsets must be a list with one for each bucket.");
    for (const nlohmann::json& offset : offsets) {
      if (!offset.is_number_integer() || offset.get<int64_t>() < 0) return wrong("An offset must be a whole number of blocks.");
      out.offsets.push_back(offset.get<int64_t>());
    }
    return out;
  }
};

struct SettingsNews {
  static constexpr const char* kType = "settings";
  Settings settings;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"settings", settings.to_json()}}; }
  [[nodiscard]] static Read<SettingsNews> read(const nlohmann::json& in) {
    auto settings = Settings::read(part(in, "settings"));
    if (!settings) return wrong(std::move(settings.error()));
    return SettingsNews{*std::move(settings)};
  }
};

}  // namespace roundelay::control
