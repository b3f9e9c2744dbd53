#include "mixer/limiter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace roundelay {
namespace {

// A fall takes a whole number of parts of 1 ms.
constexpr int kPartSamples = 48;
constexpr int kParts = kBlockSamples / kPartSamples;
static_assert(kParts * kPartSamples == kBlockSamples);

// In blocks. The shortest hold is longer than half a period of the lowest tone; the longest is longer than the slowest period of
// what a voice does by itself (tremolo, syllables: 2 Hz and up).
constexpr float kShortHold = 3;           // 60 ms
constexpr float kLongHold = 50;           // 1 s
constexpr float kFastRecovery = 25;       // time constant, 0.5 s
constexpr float kSlowRecovery = 150;      // 3 s
constexpr float kWorkBegins = 1.0F / 50;  // per block: time constant 1 s
constexpr float kWorkEnds = 1.0F / 100;   // 2 s

constexpr float kNear = 1.005F;  // a need this close to the gain keeps it: no wavering about a steady tone
constexpr float kSnap = 1e-3F;   // this close to 1 the recovery ends, so that pass-through is exact again
constexpr float kRounding = 1 + 1e-6F;
constexpr float kCeiling = 0.9999F;  // the knee's limit, a little below full scale so that rounding cannot reach it

constexpr int32_t kInfinityBits = 0x7f800000;

// |x| as bits: ordered like the values, with infinity and NaN above all numbers, and a maximum that vectorises.
int32_t size_bits(float x) {
  return std::bit_cast<int32_t>(x) & 0x7fffffff;
}

// Writes the peak of each part and returns that of the block, as size_bits.
int32_t measure_parts(Block in, std::array<float, kParts>& peaks) {
  const float* v = in.data();
  int32_t whole = 0;
  for (int part = 0; part < kParts; ++part) {
    int32_t peak = 0;
    for (int i = 0; i < kPartSamples; ++i) peak = std::max(peak, size_bits(v[part * kPartSamples + i]));
    peaks[static_cast<size_t>(part)] = std::bit_cast<float>(peak);
    whole = std::max(whole, peak);
  }
  return whole;
}

// The gain that brings `peak` down to the threshold. Of an infinite peak nothing is known.
float need_of(float peak) {
  return peak > Limiter::kThreshold && peak <= std::numeric_limits<float>::max() ? Limiter::kThreshold / peak : 1.0F;
}

float between(float from, float to, float share) {
  return from + (to - from) * share;
}

// Identity up to the threshold, then a hyperbola of the same slope that stays below kCeiling.
float bend(float x) {
  constexpr float kRoom = kCeiling - Limiter::kThreshold;
  const float size = std::fabs(x);
  if (size <= Limiter::kThreshold) return x;
  const float over = size - Limiter::kThreshold;
  return std::copysign(Limiter::kThreshold + kRoom * (over / (kRoom + over)), x);
}

// What is left of a fall of `parts` parts after `samples` samples: 1 - smoothstep.
float fall_left(int samples, int parts) {
  const int length = parts * kPartSamples;
  const float left = static_cast<float>(std::max(length - samples, 0)) * (1.0F / static_cast<float>(length));
  return left * left * (3 - 2 * left);
}

}  // namespace

void Limiter::process(MutableBlock io, float next_peak) {
  std::array<float, kParts> part_peaks;
  int32_t whole = measure_parts(io, part_peaks);
  if (whole >= kInfinityBits) {
    for (float& x : io) {
      if (size_bits(x) >= kInfinityBits) x = 0;
    }
    whole = measure_parts(io, part_peaks);
  }
  const float goal = std::min(need_of(std::bit_cast<float>(whole)), need_of(next_peak));
  if (gain_ == 1.0F && goal == 1.0F) {
    work_ -= work_ * kWorkEnds;
    return;
  }
  const bool works = goal < 1.0F && goal < gain_ * kNear;
  const bool holds = works || hold_blocks_ > 0;
  if (works) {
    hold_blocks_ = static_cast<int>(between(kShortHold, kLongHold, work_));
  } else if (hold_blocks_ > 0) {
    --hold_blocks_;
  }
  work_ += holds ? (1 - work_) * kWorkBegins : -work_ * kWorkEnds;
  if (goal < gain_) return fall(io, part_peaks, goal);
  float to = gain_;
  if (!holds) {
    to += (goal - gain_) / between(kFastRecovery, kSlowRecovery, work_);
    if (1.0F - to < kSnap) to = goal;
  }
  move(io, to);
}

// The longest fall under which every part stays below the threshold; with the peaks known a block ahead that is the whole block.
void Limiter::fall(MutableBlock io, std::span<const float> part_peaks, float to) {
  const float depth = gain_ - to;
  const auto holds = [&](int parts) {
    for (int part = 0; part < kParts; ++part) {
      const float gain = to + depth * fall_left(part * kPartSamples, parts);
      if (part_peaks[static_cast<size_t>(part)] * gain > kThreshold * kRounding) return false;
    }
    return true;
  };
  int parts = kParts;
  while (parts > 1 && !holds(parts)) --parts;
  const int samples = parts * kPartSamples;
  float* s = io.data();
  for (int i = 0; i < samples; ++i) s[i] *= to + depth * fall_left(i + 1, parts);
  for (int i = samples; i < kBlockSamples; ++i) s[i] *= to;
  if (parts == 1) {
    for (int i = 0; i < kPartSamples; ++i) s[i] = bend(s[i]);
  }
  gain_ = to;
}

// In a straight line: slopes of a recovery hardly differ from block to block, and ending each level would make it a staircase.
void Limiter::move(MutableBlock io, float to) {
  const float step = (to - gain_) / static_cast<float>(kBlockSamples);
  float* s = io.data();
  if (step == 0) {
    for (int i = 0; i < kBlockSamples; ++i) s[i] *= to;
  } else {
    for (int i = 0; i < kBlockSamples; ++i) s[i] *= to - step * static_cast<float>(kBlockSamples - 1 - i);
  }
  gain_ = to;
}

}  // namespace roundelay
