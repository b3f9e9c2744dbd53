#include "mixer/onset_strength.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace roundelay {
namespace {

// Below the window's mean by so much, nothing counts: noise, breath, what a line left.
constexpr float kFloor = 0.05F;  // -13 dB
constexpr float kLeastEnergy = 1e-7F;
// The rise from so many hops before to so many after.
constexpr size_t kReach = 4;
// Smaller rises are vibrato, and what a low voice's single periods do to short hops.
constexpr float kLeastRise = 0.2F;
constexpr float kMostRise = 2.0F;

void add_rises(std::span<const HopEnergy> energies, float HopEnergy::*which, std::span<float> out, std::span<float> logs) {
  const size_t count = energies.size();
  float mean = 0;
  for (const HopEnergy& hop : energies) mean += hop.*which;
  mean /= static_cast<float>(count);
  const float floor = kFloor * mean + kLeastEnergy;
  const auto at = [&](size_t i) { return energies[std::min(i, count - 1)].*which; };
  for (size_t i = 0; i < count; ++i) {
    const float smooth = (at(i == 0 ? 0 : i - 1) + 2 * at(i) + at(i + 1)) / 4;
    logs[i] = std::log(smooth + floor);
  }
  for (size_t i = kReach; i + kReach < count; ++i) {
    const float rise = logs[i + kReach] - logs[i - kReach];
    if (rise > kLeastRise) out[i] += std::min(rise, kMostRise) - kLeastRise;
  }
}

}  // namespace

void onset_strengths(std::span<const HopEnergy> energies, std::span<float> out, std::span<float> scratch) {
  std::fill(out.begin(), out.end(), 0.0F);
  add_rises(energies, &HopEnergy::whole, out, scratch);
  add_rises(energies, &HopEnergy::emphasis, out, scratch);
}

}  // namespace roundelay
