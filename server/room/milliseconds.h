// A room tells people milliseconds; it counts samples and blocks.
#pragma once

#include <cstdint>

#include "mixer/position.h"

namespace roundelay {

inline constexpr int64_t kSamplesPerMs = kSampleRate / 1'000;
inline constexpr int kBlockMs = kBlockSamples / kSamplesPerMs;

}  // namespace roundelay
