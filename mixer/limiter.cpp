#include "mixer/limiter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace roundelay {
namespace {

// The gain has its corners on a grid of 1 ms: the time of a fall.
constexpr int kPartSamples = 48;
constexpr int kParts = kBlockSamples / kPartSamples;
static_assert(kParts * kPartSamples == kBlockSamples);

constexpr int kHoldBlocks = 3;                // 60 ms: longer than half a period of the lowest tone, so it does not pump
constexpr float kRecoveryPerBlock = 0.0392F;  // 1 - e^(-20 ms / 500 ms)
constexpr float kNear = 1.005F;               // a need this close to the gain keeps it: no wavering about a steady tone
constexpr float kSnap = 1e-3F;                // this close to 1 the recovery ends, so that pass-through is exact again
constexpr float kCeiling = 0.9999F;           // the knee's limit, a little below full scale so that rounding cannot reach it

constexpr int32_t kInfinityBits = 0x7f800000;

// 1 - smoothstep over a part: a fall without corners. The last value is 0.
constexpr std::array<float, kPartSamples> kFallShape = [] {
  std::array<float, kPartSamples> shape{};
  for (int i = 0; i < kPartSamples; ++i) {
    const double t = (i + 1.0) / kPartSamples;
    shape[static_cast<size_t>(i)] = static_cast<float>(1 - t * t * (3 - 2 * t));
  }
  return shape;
}();

// |x| as bits: ordered like the values, with infinity and NaN above all numbers, and a maximum that vectorises.
int32_t size_bits(float x) {
  return std::bit_cast<int32_t>(x) & 0x7fffffff;
}

int32_t measure_parts(Block in, std::array<int32_t, kParts>& peaks) {
  const float* v = in.data();
  int32_t whole = 0;
  for (int part = 0; part < kParts; ++part) {
    int32_t peak = 0;
    for (int i = 0; i < kPartSamples; ++i) peak = std::max(peak, size_bits(v[part * kPartSamples + i]));
    peaks[static_cast<size_t>(part)] = peak;
    whole = std::max(whole, peak);
  }
  return whole;
}

// Identity up to the threshold, then a hyperbola of the same slope that stays below kCeiling.
float bend(float x) {
  constexpr float kRoom = kCeiling - Limiter::kThreshold;
  const float size = std::fabs(x);
  if (size <= Limiter::kThreshold) return x;
  const float over = size - Limiter::kThreshold;
  return std::copysign(Limiter::kThreshold + kRoom * (over / (kRoom + over)), x);
}

}  // namespace

void Limiter::process(MutableBlock io) {
  std::array<int32_t, kParts> peaks;
  int32_t whole = measure_parts(io, peaks);
  if (whole >= kInfinityBits) {
    for (float& x : io) {
      if (size_bits(x) >= kInfinityBits) x = 0;
    }
    whole = measure_parts(io, peaks);
  }
  const float peak = std::bit_cast<float>(whole);
  if (gain_ == 1.0F && peak <= kThreshold) return;

  const float need = peak <= kThreshold ? 1.0F : kThreshold / peak;
  if (need < gain_) {
    std::array<float, kParts> needs;
    for (size_t part = 0; part < kParts; ++part) {
      const float part_peak = std::bit_cast<float>(peaks[part]);
      needs[part] = part_peak <= kThreshold ? 1.0F : kThreshold / part_peak;
    }
    fall(io, needs);
    hold_blocks_ = kHoldBlocks;
    return;
  }

  float next = gain_;
  if (need < 1.0F && need < gain_ * kNear) {
    hold_blocks_ = kHoldBlocks;
  } else if (hold_blocks_ > 0) {
    --hold_blocks_;
  } else {
    next += (need - gain_) * kRecoveryPerBlock;
    if (1.0F - next < kSnap) next = need;
  }
  apply_ramp(io, gain_, next);
  gain_ = next;
}

// Each part ends at the gain that it and the part after it need, so the gain is down before the peak comes. Only the
// first part can be taken by surprise: there the knee bends what is left over.
void Limiter::fall(MutableBlock io, std::span<const float> needs) {
  for (size_t part = 0; part < kParts; ++part) {
    float to = std::min(gain_, needs[part]);
    if (part + 1 < kParts) to = std::min(to, needs[part + 1]);
    float* s = io.data() + part * kPartSamples;
    const float depth = gain_ - to;
    for (size_t i = 0; i < kPartSamples; ++i) s[i] *= to + depth * kFallShape[i];
    if (part == 0) {
      for (size_t i = 0; i < kPartSamples; ++i) s[i] = bend(s[i]);
    }
    gain_ = to;
  }
}

}  // namespace roundelay
