// `settings`, from a client: the room is changed (PROTOCOL.md 3.1).
#pragma once

#include "mixer/room_state.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"
#include "server/wire/control/settings.h"
#include "server/wire/control/volume.h"

namespace roundelay::control {

inline constexpr int kLeastIntervalMs = 60, kMostIntervalMs = 10'000, kMostFirstOffsetMs = 10'000;

// What is left out stays.
struct ChangeSettings {
  static constexpr const char* kType = "settings";
  std::optional<bool> automatic_interval = {};
  std::optional<int> interval_ms = {};  // by hand: not together with an automatic one
  std::optional<int> first_offset_ms = {};
  std::optional<int> buckets = {};
  // How loud it is: may change while a song lasts.
  std::optional<bool> automatic_gain = {};
  std::optional<double> volume = {};          // of the mix
  std::optional<double> backing_volume = {};  // for all
  std::optional<double> leader_boost_db = {};
  std::optional<bool> level_match = {};

  // Something that has to stay while a song lasts.
  [[nodiscard]] bool changes_the_line() const { return automatic_interval || interval_ms || first_offset_ms || buckets; }

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}};
    if (automatic_interval) out["interval"] = *automatic_interval ? kAutomatic : kByHand;
    if (interval_ms) out["interval_ms"] = *interval_ms;
    if (first_offset_ms) out["first_offset_ms"] = *first_offset_ms;
    if (buckets) out["buckets"] = *buckets;
    if (automatic_gain) out["automatic_gain"] = *automatic_gain;
    if (volume) out["volume"] = *volume;
    if (backing_volume) out["backing_volume"] = *backing_volume;
    if (leader_boost_db) out["leader_boost_db"] = *leader_boost_db;
    if (level_match) out["level_match"] = *level_match;
    return out;
  }

  [[nodiscard]] static Asked<ChangeSettings> read(const nlohmann::json& in) {
    // Null is what a program says that has no number, and is no wish.
    for (const char* name : {"interval", "interval_ms", "first_offset_ms", "buckets", "automatic_gain", "volume",
                             "backing_volume", "leader_boost_db", "level_match"}) {
      const auto given = in.find(name);
      if (given != in.end() && given->is_null())
        return refuse("bad_setting", std::string(name).append(" must not be null; leave it out."));
    }
    ChangeSettings out;
    const auto interval = integer_field(in, "interval_ms", kLeastIntervalMs, kMostIntervalMs);
    if (!interval.valid) return refuse("bad_setting", phrase("interval_out_of_range"));
    if (interval.present) out.interval_ms = static_cast<int>(interval.value);
    const auto way = text_field(in, "interval");
    if (!way.valid || (way.present && way.value != kAutomatic && way.value != kByHand))
      return refuse("bad_setting", "interval must be automatic or by_hand.");
    if (way.present) out.automatic_interval = way.value == kAutomatic;
    if (out.automatic_interval == true && out.interval_ms) return refuse("bad_setting", phrase("interval_automatic_and_given"));
    const auto first = integer_field(in, "first_offset_ms", 0, kMostFirstOffsetMs);
    if (!first.valid) return refuse("bad_setting", phrase("first_offset_out_of_range"));
    if (first.present) out.first_offset_ms = static_cast<int>(first.value);
    const auto buckets = integer_field(in, "buckets", 2, kMaxBuckets);
    if (!buckets.valid) return refuse("bad_setting", phrase("groups_out_of_range", {{"most", kMaxBuckets}}));
    if (buckets.present) out.buckets = static_cast<int>(buckets.value);
    const auto gain = bool_field(in, "automatic_gain");
    if (!gain.valid) return refuse("bad_setting", phrase("automatic_gain_is_yes_or_no"));
    if (gain.present) out.automatic_gain = gain.value;
    const auto volume = volume_field(in, "volume");
    const auto backing = volume_field(in, "backing_volume");
    if (!volume.valid || !backing.valid) return bad_volume();
    if (volume.present) out.volume = volume.value;
    if (backing.present) out.backing_volume = backing.value;
    const auto boost = number_field(in, "leader_boost_db", 0, kMostLeaderBoostDb);
    if (!boost.valid) return refuse("bad_setting", phrase("boost_out_of_range"));
    if (boost.present) out.leader_boost_db = boost.value;
    const auto match = bool_field(in, "level_match");
    if (!match.valid) return refuse("bad_setting", phrase("level_match_is_yes_or_no"));
    if (match.present) out.level_match = match.value;
    return out;
  }
};

}  // namespace roundelay::control
