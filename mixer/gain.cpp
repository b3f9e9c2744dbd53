#include "mixer/gain.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace roundelay {
namespace {

// What is left of a change of gain at each sample: 1 - smoothstep, so that the gain starts and arrives without a corner. The
// last value is exactly 0. The second difference is at most 6 / 960^2 of the change (-103.7 dB); a straight line has corners of
// 1 / 960 (-59.6 dB).
constexpr std::array<float, kBlockSamples> kRampLeft = [] {
  std::array<float, kBlockSamples> left{};
  for (int i = 0; i < kBlockSamples; ++i)
    left[static_cast<size_t>(i)] = static_cast<float>(1 - smoothstep((i + 1.0) / kBlockSamples));
  return left;
}();

}  // namespace

double volume_scale(double volume) {
  if (!(volume >= 1e-7)) return 0;  // NaN too
  return std::exp(6.908 * volume) / 1000;
}

double microphone_factor(double volume) {
  // Half of the console's range is volume 0.5 on the perceptual scale, where the factor is to be 1.
  return volume_scale(std::min(volume, 2.0) / 2) / volume_scale(0.5);
}

float leader_boost_factor(double boost_db) {
  if (boost_db == kLeaderBoostDb) return kLeaderBoost;
  return static_cast<float>(std::pow(10, boost_db / 20));
}

float leaders_automatic_gain(int people) {
  return automatic_gain(std::min(people, 2));
}

float automatic_gain(int people) {
  assert(people >= 0);
  return std::sqrt(3.0F / static_cast<float>(people + 2));
}

void add_ramped(MutableBlock out, Block in, float from, float to) {
  float* __restrict o = out.data();
  const float* __restrict v = in.data();
  if (from == to) {
    for (int i = 0; i < kBlockSamples; ++i) o[i] += v[i] * to;
    return;
  }
  const float change = from - to;
  for (int i = 0; i < kBlockSamples; ++i) o[i] += v[i] * (to + change * kRampLeft[static_cast<size_t>(i)]);
}

void copy_ramped(MutableBlock out, Block in, float from, float to) {
  float* __restrict o = out.data();
  const float* __restrict v = in.data();
  if (from == to) {
    for (int i = 0; i < kBlockSamples; ++i) o[i] = v[i] * to;
    return;
  }
  const float change = from - to;
  for (int i = 0; i < kBlockSamples; ++i) o[i] = v[i] * (to + change * kRampLeft[static_cast<size_t>(i)]);
}

void apply_ramp(MutableBlock io, float from, float to) {
  float* __restrict s = io.data();
  if (from == to) {
    for (int i = 0; i < kBlockSamples; ++i) s[i] *= to;
    return;
  }
  const float change = from - to;
  for (int i = 0; i < kBlockSamples; ++i) s[i] *= to + change * kRampLeft[static_cast<size_t>(i)];
}

float peak_of(Block in) {
  // As bits sizes are ordered like the values, and maxima of integers vectorise; several, because each waits for the one before.
  constexpr int kMaxima = 16;
  static_assert(kBlockSamples % kMaxima == 0);
  int32_t maxima[kMaxima] = {};
  const float* v = in.data();
  for (int i = 0; i < kBlockSamples; i += kMaxima) {
    for (int k = 0; k < kMaxima; ++k) maxima[k] = std::max(maxima[k], std::bit_cast<int32_t>(v[i + k]) & 0x7fffffff);
  }
  return std::bit_cast<float>(*std::max_element(std::begin(maxima), std::end(maxima)));
}

float mean_square_of(Block in) {
  // Several sums, because each addition waits for the one before.
  constexpr int kSums = 16;
  static_assert(kBlockSamples % kSums == 0);
  float sums[kSums] = {};
  const float* v = in.data();
  for (int i = 0; i < kBlockSamples; i += kSums) {
    for (int k = 0; k < kSums; ++k) sums[k] += v[i + k] * v[i + k];
  }
  float sum = 0;
  for (const float part : sums) sum += part;
  return sum / kBlockSamples;
}

}  // namespace roundelay
