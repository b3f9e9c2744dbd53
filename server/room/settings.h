// The settings of a room and their bounds. Pure values.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

#include "server/base/sentences.h"

#include "mixer/gain.h"
#include "mixer/position.h"
#include "server/base/config.h"

namespace roundelay {

namespace control {
struct ChangeSettings;
struct Settings;
}  // namespace control

struct RoomSettings {
  int interval_blocks = 50;
  bool automatic_interval = false;  // chosen anew at each song's start
  int first_offset_blocks = 0;      // of the leader's bucket
  int buckets = 6;                  // 2 to kMaxBuckets
  bool automatic_gain = true;
  // How loud: volumes from 0 to 2, as microphone_factor takes them.
  double volume = 1;
  double backing_volume = 1;
  double leader_boost_db = kLeaderBoostDb;
  bool level_match = false;                         // brings everybody to the same loudness
  std::map<std::string, double> part_volumes = {};  // of voice parts; 1 where it is missing
  // While a round is sung; neither stored nor set by anybody.
  int round_offset_blocks = 0;  // all buckets stand so much later
  int round_ahead_blocks = 0;   // repeats lie so far ahead of now

  bool operator==(const RoomSettings&) const = default;
  [[nodiscard]] Blocks offset_of(int bucket) const {
    return {round_offset_blocks + first_offset_blocks + int64_t{bucket - 1} * interval_blocks};
  }  // from 1
  [[nodiscard]] Blocks last_offset() const { return offset_of(buckets); }
};

// The largest interval with which the last bucket still fits the lanes.
[[nodiscard]] int most_interval_blocks(const RoomSettings& settings, uint32_t lane_blocks);

[[nodiscard]] RoomSettings default_settings(const Config& config);

// Blocks of a lane that the room needs: the smallest power of two that holds the last bucket's offset and 5 s more, and what lies
// ahead of now; at least 256.
[[nodiscard]] uint32_t ring_blocks(const RoomSettings& settings);

// The settings after a client's `settings` message (PROTOCOL.md 3.1). The error is a sentence that names what is allowed.
[[nodiscard]] tl::expected<RoomSettings, Sentence> changed_settings(const RoomSettings& now,
                                                                    const control::ChangeSettings& wanted, uint32_t lane_blocks);

// As clients see them.
[[nodiscard]] control::Settings as_shown(const RoomSettings& settings);

// As they are stored; what is missing or makes no sense is taken from `fallback`.
[[nodiscard]] nlohmann::json stored_settings(const RoomSettings& settings);
[[nodiscard]] RoomSettings settings_from_stored(const nlohmann::json& stored, const RoomSettings& fallback, uint32_t lane_blocks);

}  // namespace roundelay
