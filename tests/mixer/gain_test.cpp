#include "mixer/gain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "steps.h"
#include "test_support.h"

namespace roundelay::gain_test {
namespace {

using test_parts::constant;
using test_parts::impulse;
using test_parts::Samples;

Samples noise(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> value(-1, 1);
  Samples samples;
  for (float& x : samples) x = value(random);
  return samples;
}

TEST(VolumeScaleTest, FollowsTheLawOfLoudness) {
  EXPECT_NEAR(volume_scale(0.5), 0.0316266, 1e-7);
  EXPECT_NEAR(volume_scale(1), 1.000245, 1e-6);
  EXPECT_NEAR(volume_scale(1.1), 1.995799, 1e-6);
  EXPECT_NEAR(20 * std::log10(volume_scale(1.1)), 6.002, 1e-3);
  EXPECT_NEAR(volume_scale(1.1), kLeaderBoost, 1e-6);
}

TEST(VolumeScaleTest, IsSilentBelowTheSmallestVolume) {
  EXPECT_EQ(volume_scale(0.99e-7), 0);
  EXPECT_EQ(volume_scale(0), 0);
  EXPECT_EQ(volume_scale(-1), 0);
  EXPECT_EQ(volume_scale(std::numeric_limits<double>::quiet_NaN()), 0);
  EXPECT_GT(volume_scale(1.01e-7), 0);
}

TEST(MicrophoneFactorTest, IsOneInTheMiddleAndClampedAtTwo) {
  EXPECT_EQ(microphone_factor(0), 0);
  EXPECT_NEAR(microphone_factor(0.5), 0.177817, 1e-6);
  EXPECT_DOUBLE_EQ(microphone_factor(1), 1);
  EXPECT_NEAR(microphone_factor(1.5), 5.623757, 1e-6);
  EXPECT_NEAR(microphone_factor(2), 31.626646, 1e-6);
  EXPECT_EQ(microphone_factor(3), microphone_factor(2));
  EXPECT_EQ(microphone_factor(-1), 0);
  EXPECT_EQ(microphone_factor(std::numeric_limits<double>::quiet_NaN()), 0);
}

TEST(AutomaticGainTest, FallsWithTheNumberOfPeople) {
  const float expected[] = {1.224745F, 1.0F, 0.866025F, 0.774597F, 0.707107F};
  for (int people = 0; people <= 4; ++people) EXPECT_NEAR(automatic_gain(people), expected[people], 1e-6);
  EXPECT_EQ(automatic_gain(1), 1.0F);
  EXPECT_EQ(leaders_automatic_gain(1), 1.0F);
  for (const int people : {2, 3, 100}) EXPECT_EQ(leaders_automatic_gain(people), automatic_gain(2));
  EXPECT_EQ(leader_boost_factor(kLeaderBoostDb), kLeaderBoost);
  EXPECT_NEAR(20 * std::log10(kLeaderBoost), kLeaderBoostDb, 0.0005);
  EXPECT_EQ(leader_boost_factor(0), 1.0F);
  EXPECT_NEAR(leader_boost_factor(12), 3.981072F, 1e-6);
  EXPECT_EQ(automatic_gain(10), 0.5F);
  EXPECT_NEAR(kGlobalVolume * automatic_gain(3), 0.929516F, 1e-6);
}

TEST(BackingGainTest, IsAFifthOfTheVoices) {
  EXPECT_NEAR(kBackingGain, 0.8 * 0.2 * 1.2, 1e-7);
}

TEST(RampTest, ConstantGainIsAnExactProduct) {
  const Samples in = noise(1);
  for (const float gain : {0.0F, 1.0F, 0.3F, 1.995799F}) {
    Samples copied = noise(2);
    copy_ramped(copied, in, gain, gain);
    Samples applied = in;
    apply_ramp(applied, gain, gain);
    for (size_t i = 0; i < in.size(); ++i) {
      ASSERT_EQ(copied[i], in[i] * gain);
      ASSERT_EQ(applied[i], in[i] * gain);
    }
  }
}

TEST(RampTest, AddingAtGainOneIsAnExactSum) {
  const Samples in = noise(3);
  const Samples before = noise(4);
  Samples sum = before;
  add_ramped(sum, in, 1, 1);
  for (size_t i = 0; i < in.size(); ++i) ASSERT_EQ(sum[i], before[i] + in[i]);
}

TEST(RampTest, RunsAlongASmoothstepAndEndsExactly) {
  Samples ramp;
  copy_ramped(ramp, constant(1), 0.2F, 0.9F);
  for (size_t i = 0; i < ramp.size(); ++i) {
    ASSERT_NEAR(ramp[i], 0.2 + 0.7 * smoothstep(static_cast<double>(i + 1) / kBlockSamples), 1e-6);
  }
  EXPECT_EQ(ramp.back(), 0.9F);
  copy_ramped(ramp, constant(1), 1.7F, 0.0F);
  EXPECT_EQ(ramp.back(), 0.0F);
}

TEST(RampTest, HasNoCornerWhereBlocksMeet) {
  const float gains[] = {1, 1, 0.25F, 1, 1, 0, 0};
  std::vector<float> out;
  for (size_t block = 0; block + 1 < std::size(gains); ++block) {
    Samples ramp;
    copy_ramped(ramp, constant(1), gains[block], gains[block + 1]);
    out.insert(out.end(), ramp.begin(), ramp.end());
  }
  EXPECT_LT(test_parts::largest_step(out), 1e-5);
}

TEST(RampTest, AddCopyAndApplyAgree) {
  const Samples in = noise(5);
  Samples copied;
  copy_ramped(copied, in, 0.1F, 1.5F);
  Samples applied = in;
  apply_ramp(applied, 0.1F, 1.5F);
  Samples added{};
  add_ramped(added, in, 0.1F, 1.5F);
  EXPECT_EQ(copied, applied);
  EXPECT_EQ(copied, added);
}

TEST(PeakTest, IsTheLargestSizeOfASample) {
  EXPECT_EQ(peak_of(constant(0)), 0);
  EXPECT_EQ(peak_of(constant(-0.5F)), 0.5F);
  for (const int index : {0, 1, 15, 16, 500, 959}) EXPECT_EQ(peak_of(impulse(index, -0.75F)), 0.75F) << index;
}

}  // namespace
}  // namespace roundelay::gain_test
