// How a volume is said: 0 to 2 on a perceptual scale (mixer/gain.h, microphone_factor), 1 leaves it as it is. Pure.
#pragma once

#include "server/wire/control/fields.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

inline constexpr double kMostVolume = 2;
inline constexpr double kMostLeaderBoostDb = 12;

[[nodiscard]] inline Field<double> volume_field(const nlohmann::json& in, const char* key) {
  return number_field(in, key, 0, kMostVolume);
}

[[nodiscard]] inline tl::unexpected<Refusal> bad_volume() {
  return refuse("bad_setting", phrase("volume_out_of_range"));
}

}  // namespace roundelay::control
