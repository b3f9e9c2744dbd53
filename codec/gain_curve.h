// A gain over time that keeps the true peaks of a whole piece below a ceiling: known in advance, so that it is down before a peak
// comes, and without a corner. Pure, allocates: for workers and tests.
#pragma once

#include <span>
#include <vector>

namespace roundelay {

inline constexpr int kCurveHop = 96;  // samples: a point of the curve each 2 ms

// `peaks`: the true peak of each hop, full scale = 1. The factor of each hop: at most `gain`, and so small that no peak comes
// above `ceiling`.
[[nodiscard]] std::vector<float> limiting_curve(std::span<const float> peaks, float gain, float ceiling);
// Multiplies `interleaved`, whose first frame is `frame`, with the curve, in a straight line from hop's middle to hop's middle.
void apply_curve(std::span<float> interleaved, int channels, size_t frame, std::span<const float> curve);

}  // namespace roundelay
