#include "server/shard/loop_meter.h"

#include <gtest/gtest.h>

#include "server/base/rate_limit.h"

namespace roundelay::loop_meter_test {
namespace {

TEST(LoopMeter, TellsThe99thPercentileWithinABin) {
  LoopMeter meter;
  for (int i = 0; i < 990; ++i) meter.add_time(100);
  for (int i = 0; i < 10; ++i) meter.add_time(900);
  EXPECT_NEAR(meter.read().loop_ms, 100, LoopMeter::kBinMs);
  for (int i = 0; i < 10; ++i) meter.add_time(900);
  EXPECT_NEAR(meter.read().loop_ms, 900, LoopMeter::kBinMs);
  EXPECT_EQ(meter.times(), 1010);
}

TEST(LoopMeter, TellsTheShareOfLateBlocksAndForgetsItAfterTwoTurns) {
  LoopMeter meter;
  meter.add_time(10);  // a probe's: no block that could be late
  meter.add_block(true);
  meter.turn();
  meter.add_block(false);
  EXPECT_EQ(meter.read().late_percent, 50);
  meter.turn();
  EXPECT_EQ(meter.read().late_percent, 0);
}

TEST(LoopMeter, KeepsLoopTimesForLonger) {
  const auto much_of = [](LoopMeter& meter, double loop_ms) {
    for (int i = 0; i < LoopMeter::kEnoughForHalf; ++i) meter.add_time(loop_ms);
  };
  LoopMeter meter;
  much_of(meter, 3'000);
  for (int i = 0; i < LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  much_of(meter, 10);
  EXPECT_EQ(meter.times(), 2 * LoopMeter::kEnoughForHalf);
  EXPECT_NEAR(meter.read().loop_ms, 3'000, LoopMeter::kBinMs);
  for (int i = 0; i < LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  EXPECT_EQ(meter.times(), LoopMeter::kEnoughForHalf);
  EXPECT_NEAR(meter.read().loop_ms, 10, LoopMeter::kBinMs);
}

TEST(LoopMeter, WhereLittleIsMeasuredItIsKeptUntilThereIsEnough) {
  LoopMeter meter;
  for (int i = 0; i < 300; ++i) meter.add_time(100);
  for (int i = 0; i < LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  for (int i = 0; i < LoopMeter::kEnoughForHalf - 1; ++i) meter.add_time(50);
  for (int i = 0; i < LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  EXPECT_NEAR(meter.read().loop_ms, 100, LoopMeter::kBinMs) << "a percentile of too few is worse than an older one";
  meter.add_time(50);
  meter.turn();
  EXPECT_NEAR(meter.read().loop_ms, 50, LoopMeter::kBinMs);
}

TEST(LoopMeter, WhoIsNotHeardOfAnyMoreIsForgotten) {
  LoopMeter meter;
  meter.add_time(100);
  for (int i = 0; i < 2 * LoopMeter::kMostHalves * LoopMeter::kTurnsOfTimes; ++i) meter.turn();
  EXPECT_EQ(meter.read().blocks, 0);
}

TEST(LoopMeter, ForgetsWhatWasLateButNotTheLine) {
  LoopMeter meter;
  meter.add_time(500);
  meter.add_block(true);
  meter.forget_late();
  EXPECT_EQ(meter.read().late_percent, 0);
  EXPECT_NEAR(meter.read().loop_ms, 500, LoopMeter::kBinMs);
}

TEST(LoopMeter, TakesTimesBeyondItsRange) {
  LoopMeter meter;
  meter.add_time(-5);
  meter.add_time(1e9);
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

TEST(RateLimit, KeepsWhatIsToBeLeft) {
  RateLimit limit(10, 10);
  const int64_t now = 1'000'000'000;
  int taken = 0;
  for (int i = 0; i < 20; ++i) taken += limit.take(now, 1, 4) ? 1 : 0;
  EXPECT_EQ(taken, 6);
  for (int i = 0; i < 20; ++i) taken += limit.take(now) ? 1 : 0;
  EXPECT_EQ(taken, 10);
}

}  // namespace
}  // namespace roundelay::loop_meter_test
