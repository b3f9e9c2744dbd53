// From energies to how much louder (above 0) or softer (below) it becomes at each hop: where notes begin and end. Both signs
// count, and amplitudes rather than their logarithms: the change of a sum is then that of its voices, so that a choir's is
// centred where its singers' notes are in the mean, however deep the rest before was. Rises alone, or of logarithms, are those of
// whoever is first after a silence and of whoever is last after a short dip. Pure; takes some 5 us for 4 s of sound.
#pragma once

#include <span>

#include "mixer/hop_energies.h"

namespace roundelay {

// `out` has the length of `energies`, in amplitudes of the mean; `scratch` too.
void loudness_changes(std::span<const HopEnergy> energies, std::span<float> out, std::span<float> scratch);

}  // namespace roundelay
