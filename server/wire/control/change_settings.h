// `settings`, from a client: the room is changed (PROTOCOL.md 3.1).
#pragma once

#include "mixer/room_state.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"
#include "server/wire/control/settings.h"

namespace roundelay::control {

inline constexpr int kLeastIntervalMs = 60, kMostIntervalMs = 10'000, kMostFirstOffsetMs = 10'000;

// What is left out stays.
struct ChangeSettings {
  static constexpr const char* kType = "settings";
  std::optional<bool> automatic_interval = {};
  std::optional<int> interval_ms = {};  // by hand: not together with an automatic one
  std::optional<int> first_offset_ms = {};
  std::optional<int> buckets = {};
  std::optional<bool> automatic_gain = {};

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}};
    if (automatic_interval) out["interval"] = *automatic_interval ? kAutomatic : kByHand;
    if (interval_ms) out["interval_ms"] = *interval_ms;
    if (first_offset_ms) out["first_offset_ms"] = *first_offset_ms;
    if (buckets) out["buckets"] = *buckets;
    if (automatic_gain) out["automatic_gain"] = *automatic_gain;
    return out;
  }

  [[nodiscard]] static Asked<ChangeSettings> read(const nlohmann::json& in) {
    // Null is what a program says that has no number, and is no wish.
    for (const char* name : {"interval", "interval_ms", "first_offset_ms", "buckets", "automatic_gain"}) {
      const auto given = in.find(name);
      if (given != in.end() && given->is_null())
        return refuse("bad_setting", std::string(name).append(" must not be null; leave it out."));
    }
    ChangeSettings out;
    const auto interval = integer_field(in, "interval_ms", kLeastIntervalMs, kMostIntervalMs);
    if (!interval.valid) return refuse("bad_setting", "The interval must be from 60 to 10000 ms.");
    if (interval.present) out.interval_ms = static_cast<int>(interval.value);
    const auto way = text_field(in, "interval");
    if (!way.valid || (way.present && way.value != kAutomatic && way.value != kByHand))
      return refuse("bad_setting", "interval must be automatic or by_hand.");
    if (way.present) out.automatic_interval = way.value == kAutomatic;
    if (out.automatic_interval == true && out.interval_ms)
      return refuse("bad_setting", "An automatic interval cannot be given in milliseconds as well.");
    const auto first = integer_field(in, "first_offset_ms", 0, kMostFirstOffsetMs);
    if (!first.valid) return refuse("bad_setting", "The first bucket's offset must be from 0 to 10000 ms.");
    if (first.present) out.first_offset_ms = static_cast<int>(first.value);
    const auto buckets = integer_field(in, "buckets", 2, kMaxBuckets);
    if (!buckets.valid)
      return refuse("bad_setting",
                    std::string("A room must have from 2 to ").append(std::to_string(kMaxBuckets)).append(" buckets."));
    if (buckets.present) out.buckets = static_cast<int>(buckets.value);
    const auto gain = bool_field(in, "automatic_gain");
    if (!gain.valid) return refuse("bad_setting", "Automatic gain must be true or false.");
    if (gain.present) out.automatic_gain = gain.value;
    return out;
  }
};

}  // namespace roundelay::control
