#include "mixer/loudness_changes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace roundelay {
namespace {

constexpr float kLeastEnergy = 1e-7F;
// The change from so many hops before to so many after.
constexpr size_t kReach = 4;

void add_changes(std::span<const HopEnergy> energies, float HopEnergy::*which, std::span<float> out,
                 std::span<float> amplitudes) {
  const size_t count = energies.size();
  float sum = 0;
  for (const HopEnergy& hop : energies) sum += hop.*which;
  const float scale = 0.25F / (sum / static_cast<float>(count) + kLeastEnergy);
  float before = energies[0].*which;
  float here = before;
  for (size_t i = 0; i < count; ++i) {
    const float after = energies[std::min(i + 1, count - 1)].*which;
    amplitudes[i] = std::sqrt(scale * (before + 2 * here + after));
    before = here;
    here = after;
  }
  for (size_t i = kReach; i + kReach < count; ++i) out[i] += amplitudes[i + kReach] - amplitudes[i - kReach];
}

}  // namespace

void loudness_changes(std::span<const HopEnergy> energies, std::span<float> out, std::span<float> scratch) {
  std::fill(out.begin(), out.end(), 0.0F);
  if (energies.empty()) return;
  add_changes(energies, &HopEnergy::whole, out, scratch);
  add_changes(energies, &HopEnergy::emphasis, out, scratch);
}

}  // namespace roundelay
