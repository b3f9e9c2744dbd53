// The sound of a click of the metronome. Pure; any thread.
#pragma once

#include <span>

#include "mixer/position.h"

namespace roundelay {

inline constexpr int kClickSamples = kBlockSamples;  // then it has died away entirely

// Mono, 48 kHz; it begins at the first sample. The accent is higher and louder.
[[nodiscard]] std::span<const float, kClickSamples> click_sound(bool accent);

}  // namespace roundelay
