// From energies to onsets: how much louder it becomes at each hop, in a way that loud and soft singers, microphones and rooms
// have in common. Pure; not for the tick (logarithms).
#pragma once

#include <span>

#include "mixer/hop_energies.h"

namespace roundelay {

// `out` has the length of `energies`: 0 where nothing begins. `scratch` too.
void onset_strengths(std::span<const HopEnergy> energies, std::span<float> out, std::span<float> scratch);

}  // namespace roundelay
