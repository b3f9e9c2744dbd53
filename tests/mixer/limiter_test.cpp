#include "mixer/limiter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "test_support.h"

namespace roundelay::limiter_test {
namespace {

using test_parts::constant;
using test_parts::impulse;
using test_parts::Samples;
using test_parts::sine;

TEST(LimiterTest, PassesBitExactlyUpToTheThreshold) {
  Limiter limiter;
  for (int block = 0; block < 10; ++block) {
    const Samples in = sine(313, Limiter::kThreshold, block);
    Samples out = in;
    limiter.process(out);
    ASSERT_EQ(out, in);
    ASSERT_EQ(limiter.gain(), 1.0F);
  }
}

TEST(LimiterTest, StaysBelowFullScaleForAnyFiniteInput) {
  const float huge = std::numeric_limits<float>::max();
  for (const float level : {0.9F, 0.999F, 1.0F, 1.001F, 3.0F, 1000.0F, 1e30F, huge}) {
    for (const int index : {0, 1, 47, 48, 500, 911, 912, 959}) {
      Limiter limiter;
      Samples io = impulse(index, -level);
      limiter.process(io);
      ASSERT_LT(peak_of(io), 1.0F) << level << " at " << index;
      ASSERT_GT(limiter.gain(), 0.0F);
    }
    Limiter limiter;
    for (int block = 0; block < 5; ++block) {
      Samples io = constant(level);
      limiter.process(io);
      for (const float x : io) {
        ASSERT_GE(x, 0.0F);  // NaN fails too
        ASSERT_LT(x, 1.0F);
      }
    }
  }
}

TEST(LimiterTest, StaysBelowFullScaleForNoiseOfAllLevels) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> value(-1, 1);
  std::uniform_real_distribution<float> exponent(-2, 30);
  Limiter limiter;
  for (int block = 0; block < 2000; ++block) {
    Samples io;
    const float level = std::pow(10.0F, exponent(random));
    for (float& x : io) x = value(random) * level;
    limiter.process(io);
    for (const float x : io) ASSERT_LT(std::fabs(x), 1.0F);
  }
}

TEST(LimiterTest, SurvivesSamplesThatAreNotFinite) {
  Limiter limiter;
  Samples io = constant(0.5F);
  io[3] = std::numeric_limits<float>::quiet_NaN();
  io[500] = std::numeric_limits<float>::infinity();
  io[959] = -std::numeric_limits<float>::infinity();
  limiter.process(io);
  EXPECT_EQ(limiter.gain(), 1.0F);
  for (size_t i = 0; i < io.size(); ++i) ASSERT_EQ(io[i], i == 3 || i == 500 || i == 959 ? 0.0F : 0.5F);
}

TEST(LimiterTest, HasNoDelay) {
  Limiter limiter;
  Samples io = impulse(500, 4.0F);
  limiter.process(io);
  for (size_t i = 0; i < io.size(); ++i) ASSERT_EQ(io[i] != 0, i == 500);
  EXPECT_GT(io[500], 0.8F);
}

// The gain falls before a peak that it sees coming in the block, as slowly as the block allows, so nothing is bent.
TEST(LimiterTest, CatchesAPeakInTheBlockByGainAlone) {
  for (const size_t onset : {48UL, 100UL, 480UL, 959UL}) {
    Limiter limiter;
    Samples in = sine(300, 0.5, 0);
    for (size_t i = onset; i < in.size(); ++i) in[i] *= 6;
    Samples io = in;
    limiter.process(io);
    EXPECT_LE(peak_of(io), Limiter::kThreshold * (1 + 2e-6F)) << onset;
  }
}

// What is known of the next block brings the gain down in this one, over the whole of it.
TEST(LimiterTest, IsDownBeforeAPeakThatIsKnownABlockAhead) {
  Limiter limiter;
  Samples io = constant(0.5F);
  limiter.process(io, 4);
  EXPECT_NEAR(limiter.gain(), Limiter::kThreshold / 4, 1e-6);
  for (int i = 0; i < kBlockSamples; ++i) {
    const double gain = 1 - (1 - Limiter::kThreshold / 4) * smoothstep((i + 1.0) / kBlockSamples);
    ASSERT_NEAR(io[static_cast<size_t>(i)], 0.5 * gain, 1e-6);
  }
  io = constant(4);
  const float gain = limiter.gain();
  limiter.process(io, 4);
  EXPECT_EQ(io, constant(4 * gain));
}

TEST(LimiterTest, BelievesNoPeakThatIsNotFinite) {
  for (const float peak : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    Limiter limiter;
    Samples io = constant(0.5F);
    limiter.process(io, peak);
    EXPECT_EQ(io, constant(0.5F));
  }
}

// The residual of a limited steady tone against the same tone: gain moves would show as distortion.
TEST(LimiterTest, KeepsASteadyToneClean) {
  for (const double hz : {37.0, 55.0, 100.0, 440.0, 441.3, 3000.0, 11'025.7}) {
    Limiter limiter;
    for (int64_t block = 0; block < 25; ++block) {
      Samples io = sine(hz, 3, block);
      limiter.process(io);
    }
    const float gain = limiter.gain();
    EXPECT_NEAR(gain, Limiter::kThreshold / 3, 0.005) << hz;
    for (int64_t block = 25; block < 125; ++block) {
      const Samples in = sine(hz, 3, block);
      Samples io = in;
      limiter.process(io);
      for (size_t i = 0; i < io.size(); ++i) ASSERT_NEAR(io[i], in[i] * gain, 2e-4) << hz << " Hz, block " << block;
    }
  }
}

struct Limited {
  std::vector<float> in;
  std::vector<float> out;
};

// A sine whose level jumps where it crosses zero, at the borders of blocks.
Limited limit_levels(double hz, const std::vector<double>& levels) {
  Limiter limiter;
  Limited result;
  for (size_t block = 0; block < levels.size(); ++block) {
    Samples io = sine(hz, levels[block], static_cast<int64_t>(block));
    result.in.insert(result.in.end(), io.begin(), io.end());
    limiter.process(io);
    result.out.insert(result.out.end(), io.begin(), io.end());
  }
  return result;
}

TEST(LimiterTest, MovesWithoutStepsWhenLevelsJumpBetweenBlocks) {
  const std::vector<double> levels = {0.5, 3, 3, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 8, 1, 1, 1, 1, 1, 2, 0.2, 0.2, 0.2, 0.2, 0.2, 4};
  const Limited limited = limit_levels(200, levels);
  const double omega = 2 * std::numbers::pi * 200 / kSampleRate;
  for (size_t i = 1; i < limited.out.size(); ++i) {
    const double level = std::max(levels[i / kBlockSamples], levels[(i - 1) / kBlockSamples]);
    // A sample moves no further than the input could have: a step of the gain would move it by up to its size.
    ASSERT_LE(std::fabs(limited.out[i] - limited.out[i - 1]), level * omega * 1.01 + 1e-5) << i;
    // Output over input is the gain. It falls by at most 1.5 (the steepest place of its curve) in 48 samples, plus the knee.
    if (std::fabs(limited.in[i]) < 0.15 || std::fabs(limited.in[i - 1]) < 0.15) continue;
    const double gain_move = std::fabs(limited.out[i] / limited.in[i] - limited.out[i - 1] / limited.in[i - 1]);
    ASSERT_LE(gain_move, 1.5 / 48 + 0.02) << i;
  }
}

TEST(LimiterTest, RecoversWithoutSteps) {
  std::vector<double> levels(3, 5.0);
  levels.insert(levels.end(), 300, 0.5);
  const Limited limited = limit_levels(200, levels);
  // From the end of the loud part on only the slow recovery moves: a curve as smooth as the sine's own.
  const double omega = 2 * std::numbers::pi * 200 / kSampleRate;
  for (size_t i = 3 * kBlockSamples + 2; i < limited.out.size(); ++i) {
    const double bend = limited.out[i] - 2.0 * limited.out[i - 1] + limited.out[i - 2];
    ASSERT_LE(std::fabs(bend), 0.5 * omega * omega * 1.05 + 2e-5) << i;
  }
}

// Blocks of silence until the gain has risen by 1 - 1/e of what it had fallen.
int recovery_blocks(Limiter& limiter) {
  const float low = limiter.gain();
  for (int block = 1; block < 1000; ++block) {
    Samples quiet = constant(0.1F);
    limiter.process(quiet);
    if (1 - limiter.gain() < (1 - low) * std::exp(-1.0F)) return block;
  }
  return -1;
}

TEST(LimiterTest, HoldsThenRecoversSoonAfterAShortBurstAndPassesExactlyAgain) {
  Limiter limiter;
  Samples loud = constant(4);
  limiter.process(loud);
  const float low = limiter.gain();
  EXPECT_FLOAT_EQ(low, Limiter::kThreshold / 4);
  for (int block = 0; block < 3; ++block) {
    Samples quiet = constant(0.1F);
    limiter.process(quiet);
    EXPECT_EQ(limiter.gain(), low);
  }
  EXPECT_NEAR(recovery_blocks(limiter), 30, 5);  // 0.6 s
  Samples quiet;
  for (int block = 0; block < 300; ++block) {
    quiet = constant(0.1F);
    limiter.process(quiet);
  }
  EXPECT_EQ(limiter.gain(), 1.0F);
  EXPECT_EQ(quiet, constant(0.1F));
}

TEST(LimiterTest, HoldsLongAndRecoversSlowlyAfterLongWork) {
  Limiter limiter;
  for (int block = 0; block < 250; ++block) {
    Samples loud = constant(4);
    limiter.process(loud);
  }
  EXPECT_NEAR(recovery_blocks(limiter), 150, 20);  // a second of hold, then two
}

TEST(LimiterTest, ResetForgetsTheGain) {
  Limiter limiter;
  Samples io = constant(4);
  limiter.process(io);
  limiter.reset();
  EXPECT_EQ(limiter.gain(), 1.0F);
  io = constant(0.5F);
  limiter.process(io);
  EXPECT_EQ(io, constant(0.5F));
}

}  // namespace
}  // namespace roundelay::limiter_test
