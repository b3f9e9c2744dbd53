// The laws of loudness and gain ramps over a block: a gain is never stepped.
// Pure functions: any thread or process, safe in the tick.
#pragma once

#include <span>

#include "mixer/position.h"

namespace roundelay {

using Block = std::span<const float, kBlockSamples>;
using MutableBlock = std::span<float, kBlockSamples>;

inline constexpr float kGlobalVolume = 1.2F;      // factor on the summed voices
inline constexpr float kLeaderBoost = 1.995799F;  // +6.002 dB, volume_scale(1.1)
inline constexpr double kLeaderBoostDb = 6.002;   // as it is written
inline constexpr double kBackingGain = 0.192;     // 0.8 x 0.2 x 1.2: a full-scale backing beside voices

// g(v) = e^(6.908 v) / 1000; 0 below v = 1e-7. A perceptual volume of 1 is about factor 1.
[[nodiscard]] double volume_scale(double volume);

// A microphone volume on the console, 0 to 2 (clamped), as a factor: 0 -> 0, 1 -> 1, 2 -> 31.626646.
[[nodiscard]] double microphone_factor(double volume);

// A leader's boost in dB as a factor; kLeaderBoostDb is exactly kLeaderBoost.
[[nodiscard]] float leader_boost_factor(double boost_db);

// sqrt(3 / (n + 2)) for n >= 0 people who sing; n = 1 -> 1. Without the global volume.
[[nodiscard]] float automatic_gain(int people);
// The same for the leader's voice among n people: she is not turned down for more than one who sings with her, so that she holds
// her level however many there are.
[[nodiscard]] float leaders_automatic_gain(int people);

// Rises from 0 to 1 with t, level at both ends: the shape of every change of gain.
[[nodiscard]] constexpr double smoothstep(double t) {
  return t * t * (3 - 2 * t);
}

// out[i] += in[i] * g(i), g running along a smoothstep from `from` (before the first sample) to exactly `to` (at the last).
// `from == to` is the constant-gain path: bit-exact multiplication.
void add_ramped(MutableBlock out, Block in, float from, float to);
// out[i] = in[i] * g(i), the same ramp.
void copy_ramped(MutableBlock out, Block in, float from, float to);
// io[i] *= g(i), the same ramp.
void apply_ramp(MutableBlock io, float from, float to);

// Largest |sample| of a block without infinities and NaN.
[[nodiscard]] float peak_of(Block in);
// Mean of the squares.
[[nodiscard]] float mean_square_of(Block in);

}  // namespace roundelay
