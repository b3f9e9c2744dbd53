#include "server/shard/loop_meter.h"

#include <gtest/gtest.h>

#include "server/program/rate_limit.h"

namespace roundelay {
namespace {

TEST(LoopMeter, TellsThe99thPercentileWithinABin) {
  LoopMeter meter;
  for (int i = 0; i < 990; ++i) meter.add(100, false);
  for (int i = 0; i < 10; ++i) meter.add(900, true);
  EXPECT_NEAR(meter.read().loop_ms, 100, LoopMeter::kBinMs);
  for (int i = 0; i < 10; ++i) meter.add(900, true);
  EXPECT_NEAR(meter.read().loop_ms, 900, LoopMeter::kBinMs);
  EXPECT_NEAR(meter.read().late_percent, 2, 0.1);
}

TEST(LoopMeter, ForgetsWhatWasLateAfterTwoTurns) {
  LoopMeter meter;
  meter.add(3'000, true);
  meter.turn();
  meter.add(10, false);
  EXPECT_EQ(meter.read().late_percent, 50);
  meter.turn();
  EXPECT_EQ(meter.read().late_percent, 0);
}

TEST(LoopMeter, KeepsLoopTimesForLonger) {
  LoopMeter meter;
  meter.add(3'000, true);
  for (int i = 0; i < LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  meter.add(10, false);
  EXPECT_EQ(meter.read().blocks, 2);
  EXPECT_NEAR(meter.read().loop_ms, 3'000, LoopMeter::kBinMs);
  for (int i = 0; i < LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  EXPECT_EQ(meter.read().blocks, 1);
  EXPECT_NEAR(meter.read().loop_ms, 10, LoopMeter::kBinMs);
  for (int i = 0; i < LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  EXPECT_EQ(meter.read().blocks, 0);
}

TEST(LoopMeter, ForgetsWhatWasLateButNotTheLine) {
  LoopMeter meter;
  meter.add(500, true);
  meter.forget_late();
  EXPECT_EQ(meter.read().late_percent, 0);
  EXPECT_NEAR(meter.read().loop_ms, 500, LoopMeter::kBinMs);
}

TEST(LoopMeter, TakesTimesBeyondItsRange) {
  LoopMeter meter;
  meter.add(-5, false);
  meter.add(1e9, true);
  EXPECT_EQ(meter.read().blocks, 2);
  EXPECT_DOUBLE_EQ(meter.read().loop_ms, LoopMeter::kBins * LoopMeter::kBinMs);
}

TEST(RateLimit, AllowsABurstThenItsRate) {
  RateLimit limit(10, 5);
  int64_t now = 1'000'000'000;
  int taken = 0;
  for (int i = 0; i < 20; ++i) taken += limit.take(now) ? 1 : 0;
  EXPECT_EQ(taken, 5);
  now += 300'000'000;
  for (int i = 0; i < 20; ++i) taken += limit.take(now) ? 1 : 0;
  EXPECT_EQ(taken, 8);
}

}  // namespace
}  // namespace roundelay
