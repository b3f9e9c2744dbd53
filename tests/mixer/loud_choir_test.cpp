// A choir far above full scale: neither clipped nor pumping. Synthetic voices; sung ones are in
// tests/server/singer/loud_choir_test.cpp.
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "mixer/bucket_mixer.h"
#include "steps.h"
#include "test_support.h"

namespace roundelay::loud_choir_test {
namespace {

using test_parts::block_at;
using test_parts::Samples;
using test_parts::sine;

constexpr int kSingers = 200;
constexpr int kSettled = 250;  // blocks, 5 s
constexpr int kBlocks = 750;   // 15 s

struct Mixed {
  std::vector<float> in;     // the sum under automatic gain and volume
  std::vector<float> out;    // from kSettled on
  std::vector<float> gains;  // the limiter's, at the ends of blocks
};

// Puts `sum` (of all singers) through a mixer block by block, each known a block ahead.
template <typename Sum>
Mixed mix(Sum sum, float gain) {
  Limiter limiter;
  Mixed mixed;
  Samples next = sum(0);
  for (int block = 0; block < kBlocks; ++block) {
    Samples io = next;
    apply_ramp(io, gain, gain);
    next = sum(block + 1);
    const Samples in = io;
    limiter.process(io, peak_of(next) * gain);
    if (block < kSettled) continue;
    mixed.in.insert(mixed.in.end(), in.begin(), in.end());
    mixed.out.insert(mixed.out.end(), io.begin(), io.end());
    mixed.gains.push_back(limiter.gain());
  }
  return mixed;
}

const float kGain = kGlobalVolume * automatic_gain(kSingers);

// The knee would bend what is over the threshold: below it, all is done by the gain.
void expect_unclipped(const Mixed& mixed) {
  for (const float x : mixed.out) ASSERT_LE(std::fabs(x), Limiter::kThreshold * (1 + 1e-5F));
  EXPECT_GT(peak_of(Block(mixed.out.data(), kBlockSamples)), 0.2F);
}

TEST(LoudChoirTest, TwoHundredTimesTheSameSteadyVoiceHasASteadyGain) {
  for (const double hz : {65.4, 110.0, 220.0, 440.0, 987.8}) {
    const Mixed mixed = mix([&](int block) { return sine(hz, kSingers * 0.5, block); }, kGain);
    expect_unclipped(mixed);
    const auto [low, high] = std::minmax_element(mixed.gains.begin(), mixed.gains.end());
    EXPECT_LT(20 * std::log10(*high / *low), 0.1) << hz;
  }
}

// A tremolo, syllables, a beat of two voices: level by half or more at the rates that a voice has.
TEST(LoudChoirTest, TwoHundredTimesTheSameTremoloHasAGainThatDoesNotFollow) {
  for (const double rate : {2.0, 3.3, 5.5, 8.0, 17.0}) {
    const auto sum = [&](int block) {
      Samples samples = sine(220, kSingers * 0.5, block);
      for (size_t i = 0; i < samples.size(); ++i) {
        const double t = (block * 960.0 + static_cast<double>(i)) / kSampleRate;
        samples[i] *= static_cast<float>(0.6 + 0.4 * std::sin(2 * std::numbers::pi * rate * t));
      }
      return samples;
    };
    const Mixed mixed = mix(sum, kGain);
    expect_unclipped(mixed);
    EXPECT_LT(test_parts::pumping_db(mixed.gains), 0.05) << rate;
  }
}

// Everybody's own pitch, vibrato, tremolo and syllables. Seeded.
TEST(LoudChoirTest, TwoHundredDifferentVoicesDoNotPump) {
  std::mt19937 random(11);
  const auto uniform = [&](double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); };
  struct Singer {
    double hz, vibrato, rate, phase;
    float level = 0;
  };
  std::vector<Singer> singers(kSingers);
  for (Singer& s : singers) s = {uniform(100, 500), uniform(4, 7), uniform(2, 5), uniform(0, 6.28)};
  const auto sum = [&](int block) {
    Samples samples{};
    for (Singer& s : singers) {
      // Within a block a voice is a sine (by rotation) of one pitch, whose level runs in a straight line.
      const double t = block * 0.02;
      const double turn = 2 * std::numbers::pi * s.hz * (1 + 0.01 * std::sin(s.vibrato * 6.28 * t)) / kSampleRate;
      float c = static_cast<float>(std::cos(s.phase));
      float d = static_cast<float>(std::sin(s.phase));
      const auto turn_c = static_cast<float>(std::cos(turn));
      const auto turn_d = static_cast<float>(std::sin(turn));
      s.phase = std::fmod(s.phase + turn * kBlockSamples, 2 * std::numbers::pi);
      float level = s.level;
      s.level = static_cast<float>(0.25 * (1 + std::sin(s.rate * 6.28 * (t + 0.02))));
      const float rise = (s.level - level) / kBlockSamples;
      for (float& x : samples) {
        x += level * d;
        level += rise;
        const float turned = c * turn_c - d * turn_d;
        d = c * turn_d + d * turn_c;
        c = turned;
      }
    }
    return samples;
  };
  const Mixed mixed = mix(sum, 4 * kGain);
  expect_unclipped(mixed);
  EXPECT_LT(test_parts::pumping_db(mixed.gains), 0.2);
  const auto [low, high] = std::minmax_element(mixed.gains.begin(), mixed.gains.end());
  EXPECT_LT(*high, 0.8F) << "too quiet for this test";
}

}  // namespace
}  // namespace roundelay::loud_choir_test
