#include "mixer/hop_energies.h"

#include <cstddef>

namespace roundelay {
namespace {

constexpr size_t kSums = 8;  // side by side, so that they need not wait for each other
// The first sample of a hop and the last seven are left out: a block needs nothing of the one before, and the sums come out even.
constexpr size_t kUsed = (kHopSamples - 1) / kSums * kSums;

}  // namespace

BlockEnergies hop_energies(Block block) {
  BlockEnergies out;
  const float* samples = block.data();
  for (HopEnergy& hop : out) {
    float whole[kSums] = {};
    float emphasis[kSums] = {};
    for (size_t i = 1; i <= kUsed; i += kSums) {
      for (size_t k = 0; k < kSums; ++k) {
        const float x = samples[i + k];
        const float difference = x - samples[i + k - 1];
        whole[k] += x * x;
        emphasis[k] += difference * difference;
      }
    }
    for (size_t k = 0; k < kSums; ++k) {
      hop.whole += whole[k];
      hop.emphasis += emphasis[k];
    }
    samples += kHopSamples;
  }
  return out;
}

}  // namespace roundelay
