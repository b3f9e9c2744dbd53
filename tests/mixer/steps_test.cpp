// How the mix sounds when people come and go, gains change and the limiter works: no step above -80 dBFS (steps.h), the way from
// lane to mix.
#include "steps.h"

#include <gtest/gtest.h>

#include <vector>

#include "mixer/bucket_mixer.h"
#include "test_support.h"

namespace roundelay::steps_test {
namespace {

using test_parts::block_at;
using test_parts::constant;
using test_parts::kProbeHz;
using test_parts::kStepLimit;
using test_parts::largest_gain_step;
using test_parts::largest_step;
using test_parts::Samples;
using test_parts::sine;

Samples probe(int block, double amplitude = 0.5) {
  return sine(kProbeHz, amplitude, block);
}

// Voices of one block: `count` times the same, its gain running.
struct Voices {
  Samples samples = {};
  int count = 1;
  float from = 1;
  float to = 1;
};

class StepsTest : public ::testing::TestWithParam<bool> {
 protected:
  static constexpr uint32_t kRing = 16;

  // Mixes `blocks`. Voices are in the lane one block before they are read, as the interval's margin has it, or only just in time.
  std::vector<float> mix(const std::vector<std::vector<Voices>>& blocks, bool ahead = GetParam()) {
    std::vector<float> out;
    const auto write = [&](size_t block) {
      if (block >= blocks.size()) return;
      for (const Voices& voices : blocks[block]) {
        for (int i = 0; i < voices.count; ++i)
          writer_.add(block_at(static_cast<int64_t>(block)), voices.samples, voices.from, voices.to, voices.to > 0 ? 1 : 0);
      }
    };
    if (ahead) write(0);
    for (size_t block = 0; block < blocks.size(); ++block) {
      write(block + (ahead ? 1 : 0));
      Samples mixed;
      mixer_.mix(mixed, {{&reader_, 1}, {}}, block_at(static_cast<int64_t>(block)), {automatic_, volume_at(block)});
      out.insert(out.end(), mixed.begin(), mixed.end());
    }
    return out;
  }
  float volume_at(size_t block) const { return block < 10 ? volume_ : other_volume_; }

  test_parts::SharedArray<LaneBlock> ring_{kRing};
  LaneWriter writer_{ring_.get(), kRing};
  LaneReader reader_{ring_.get(), kRing};
  BucketMixer mixer_;
  bool automatic_ = true;
  float volume_ = kGlobalVolume;
  float other_volume_ = kGlobalVolume;  // from block 10 on
};

TEST(StepMeasureTest, SeesJumpsAndCornersAndForgivesAProbe) {
  std::vector<float> tone;
  for (int block = 0; block < 3; ++block) {
    const Samples samples = probe(block);
    tone.insert(tone.end(), samples.begin(), samples.end());
  }
  EXPECT_LT(largest_step(tone), 2.2e-5);
  std::vector<float> jump = tone;
  for (size_t i = 1300; i < jump.size(); ++i) jump[i] += 0.001F;
  EXPECT_NEAR(largest_step(jump), 0.001, 3e-5);
  std::vector<float> line = tone;
  for (size_t i = 0; i < 960; ++i) line[960 + i] *= static_cast<float>(959 - i) / 960.0F;
  std::fill(line.begin() + 1920, line.end(), 0.0F);
  std::vector<float> corner(1920, 0.5F);
  for (size_t i = 0; i < 960; ++i) corner[960 + i] = 0.5F * static_cast<float>(959 - i) / 960.0F;
  EXPECT_NEAR(largest_step(corner), 0.5 / 960, 1e-6);
  EXPECT_NEAR(largest_gain_step(std::vector<float>(1920, 0.5F), corner), 0.5 / 960, 1e-6);
}

TEST(StepMeasureTest, SeesAGainThatPumpsAndForgivesADrift) {
  std::vector<float> gains(500);
  for (size_t k = 0; k < gains.size(); ++k)
    gains[k] = static_cast<float>(std::pow(10.0, std::sin(2 * std::numbers::pi * 5 * static_cast<double>(k) / 50) / 20));
  EXPECT_NEAR(test_parts::pumping_db(gains), std::sqrt(0.5), 0.01);  // 1 dB at 5 Hz
  for (size_t k = 0; k < gains.size(); ++k) gains[k] = 1 - 0.5F * static_cast<float>(k) / 500.0F;
  EXPECT_LT(test_parts::pumping_db(gains), 0.1);
}

TEST_P(StepsTest, SomebodyJoinsAndLeaves) {
  std::vector<std::vector<Voices>> blocks;
  for (int b = 0; b < 30; ++b) {
    blocks.push_back({{probe(b, 0.25)}});
    if (b == 10) blocks.back().push_back({probe(b, 0.25), 1, 0, 1});
    if (b > 10 && b < 20) blocks.back().push_back({probe(b, 0.25)});
    if (b == 20) blocks.back().push_back({probe(b, 0.25), 1, 1, 0});
  }
  EXPECT_LT(largest_step(mix(blocks)), kStepLimit);
}

TEST_P(StepsTest, TheOnlySingerBeginsAndEnds) {
  std::vector<std::vector<Voices>> blocks(10);
  blocks.push_back({{probe(10), 1, 0, 1}});
  for (int b = 11; b < 20; ++b) blocks.push_back({{probe(b)}});
  blocks.push_back({{probe(20), 1, 1, 0}});
  blocks.resize(30);
  EXPECT_LT(largest_step(mix(blocks)), kStepLimit);
}

TEST_P(StepsTest, TheVolumeChanges) {
  other_volume_ = 0.3F;
  std::vector<std::vector<Voices>> blocks;
  for (int b = 0; b < 20; ++b) blocks.push_back({{probe(b)}});
  EXPECT_LT(largest_step(mix(blocks)), kStepLimit);
}

TEST_P(StepsTest, TheLeaderIsBoosted) {
  std::vector<std::vector<Voices>> blocks;
  for (int b = 0; b < 30; ++b) {
    const float from = b <= 10 || b > 20 ? 1 : kLeaderBoost;
    const float to = b < 10 || b >= 20 ? 1 : kLeaderBoost;
    blocks.push_back({{probe(b, 0.25), 1, from, to}});
  }
  EXPECT_LT(largest_step(mix(blocks)), kStepLimit);
}

// Bursts of a probe over full scale that swell and fade as fast as a voice can (20 ms), and the recovery from each.
std::vector<std::vector<Voices>> burst(float level) {
  std::vector<std::vector<Voices>> blocks;
  for (int b = 0; b < 200; ++b) {
    blocks.push_back({{probe(b, 0.2)}});
    if (b == 10) blocks.back().push_back({probe(b), 1, 0, 2 * level});
    if (b > 10 && b < 20) blocks.back().push_back({probe(b), 1, 2 * level, 2 * level});
    if (b == 20) blocks.back().push_back({probe(b), 1, 2 * level, 0});
  }
  return blocks;
}

TEST_P(StepsTest, TheLimiterMeetsLoudBurstsAndLetsGo) {
  automatic_ = false;
  for (const float level : {1.5F, 3.0F, 6.0F}) {
    mixer_.reset();
    const std::vector<float> out = mix(burst(level));
    EXPECT_LT(largest_step(out), kStepLimit) << level;
    for (const float x : out) ASSERT_LT(std::fabs(x), 1.0F);
  }
}

INSTANTIATE_TEST_SUITE_P(Known, StepsTest, ::testing::Values(true, false),
                         [](const auto& what) { return what.param ? "ABlockAhead" : "JustInTime"; });

// What comes unforeseen and rises by more than 16 dB over full scale within 20 ms is kept below full scale, but not without a
// step.
using KnownAheadTest = StepsTest;

TEST_P(KnownAheadTest, TwoHundredComeAndGoAtOnce) {
  std::vector<std::vector<Voices>> blocks;
  for (int b = 0; b < 40; ++b) {
    blocks.push_back({{probe(b)}});
    if (b == 10) blocks.back().push_back({probe(b), 199, 0, 1});
    if (b > 10 && b < 20) blocks.back().push_back({probe(b), 199});
    if (b == 20) blocks.back().push_back({probe(b), 199, 1, 0});
  }
  EXPECT_LT(largest_step(mix(blocks)), kStepLimit);
}

TEST_P(KnownAheadTest, TheLimiterMeetsBurstsFarOverFullScale) {
  automatic_ = false;
  EXPECT_LT(largest_step(mix(burst(30))), kStepLimit);
}

// From next to nothing to 30 dB over full scale in one sample, anywhere in a block: when it is known a block ahead, the gain goes
// there smoothly and nothing is bent.
TEST_P(KnownAheadTest, AnOnsetInOneSampleIsMetByASmoothGain) {
  automatic_ = false;
  volume_ = other_volume_ = 1;
  for (const size_t onset : {0UL, 1UL, 47UL, 480UL, 959UL}) {
    std::vector<std::vector<Voices>> blocks;
    std::vector<float> in;
    for (size_t b = 0; b < 300; ++b) {
      Samples samples = constant(b > 5 && b < 8 ? 31.6F : 0.1F);
      if (b == 5) std::fill(samples.begin() + static_cast<int64_t>(onset), samples.end(), 31.6F);
      blocks.push_back({{samples}});
      in.insert(in.end(), samples.begin(), samples.end());
    }
    mixer_.reset();
    const std::vector<float> out = mix(blocks);
    EXPECT_LT(largest_gain_step(in, out), kStepLimit) << onset;
    for (const float x : out) ASSERT_LT(std::fabs(x), Limiter::kThreshold * (1 + 1e-5F));
  }
}

INSTANTIATE_TEST_SUITE_P(Known, KnownAheadTest, ::testing::Values(true));

}  // namespace
}  // namespace roundelay::steps_test
