// How loud the backing is beside the voices, for clients without a browser. The page's arithmetic, and why it is so, stands in
// web/src/audio/shared/balance.ts; PROTOCOL.md section 5 tells it. Pure.
#pragma once

#include <algorithm>
#include <cmath>

namespace roundelay {

inline constexpr double kVoiceLufs = -20;                 // a calibrated voice, heard from both sides
inline constexpr double kBackingLufs = kVoiceLufs + 4.6;  // what a track is brought to
inline constexpr double kMostBackingGainDb = 20;

// The factor for a track of this loudness (LUFS, integrated).
[[nodiscard]] inline double backing_gain_of(double loudness) {
  return std::pow(10, std::min(kMostBackingGainDb, kBackingLufs - loudness) / 20);
}

}  // namespace roundelay
