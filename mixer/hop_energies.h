// How loud a block is from hop to hop: what the onsets of a voice are looked for in. Pure: any thread or process, safe in the
// tick.
#pragma once

#include <array>

#include "mixer/gain.h"

namespace roundelay {

inline constexpr int kHopSamples = 240;  // 5 ms
inline constexpr int kHopsPerBlock = kBlockSamples / kHopSamples;
inline constexpr double kHopMs = 1000.0 * kHopSamples / kSampleRate;

// Sums of squares over one hop.
struct HopEnergy {
  float whole = 0;     // of the samples
  float emphasis = 0;  // of their differences: consonants and upper formants
  bool operator==(const HopEnergy&) const = default;
};
using BlockEnergies = std::array<HopEnergy, kHopsPerBlock>;

[[nodiscard]] BlockEnergies hop_energies(Block block);

}  // namespace roundelay
