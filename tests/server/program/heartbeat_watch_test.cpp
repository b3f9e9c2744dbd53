#include "server/program/heartbeat_watch.h"

#include <gtest/gtest.h>

namespace roundelay::heartbeat_watch_test {
namespace {

constexpr int64_t kMs = 1'000'000;
constexpr int64_t kLookNs = 100 * kMs;

class HeartbeatWatchTest : public testing::Test {
 protected:
  HeartbeatWatchTest() { watch_.begin(7, now_ns_); }

  // Looks every 100 ms until it must be ended; the time that took, or -1 if it never came so far.
  int64_t ms_until_ended(int64_t limit_ms, bool held_up = false) {
    for (int64_t ms = 100; ms <= limit_ms; ms += 100) {
      now_ns_ += kLookNs;
      if (watch_.look(beat_, held_up, now_ns_)) return ms;
    }
    return -1;
  }
  void come_up() {
    now_ns_ += kLookNs;
    EXPECT_FALSE(watch_.look(++beat_, false, now_ns_));
  }

  int64_t now_ns_ = 1'000'000 * kMs;
  int64_t beat_ = 7;
  HeartbeatWatch watch_{{.standing_ns = 2'000 * kMs, .starting_ns = 30'000 * kMs}};
};

TEST_F(HeartbeatWatchTest, AHeartbeatThatStandsForItsLimitEndsTheProcess) {
  come_up();
  EXPECT_EQ(ms_until_ended(10'000), 2'000);
}

TEST_F(HeartbeatWatchTest, AnyBeatBeginsTheTimeAnew) {
  come_up();
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ms_until_ended(1'900), -1);
    come_up();
  }
  EXPECT_EQ(ms_until_ended(10'000), 2'000);
}

TEST_F(HeartbeatWatchTest, AStartHasALongerLimitOfItsOwn) {
  EXPECT_EQ(ms_until_ended(29'900), -1);
  EXPECT_FALSE(watch_.came_up());
  EXPECT_EQ(ms_until_ended(100), 100);
}

TEST_F(HeartbeatWatchTest, WhatAPredecessorLeftIsNoBeat) {
  come_up();
  EXPECT_TRUE(watch_.came_up());
  watch_.begin(beat_, now_ns_);
  EXPECT_FALSE(watch_.came_up());
  EXPECT_EQ(ms_until_ended(29'900), -1);
  come_up();
  EXPECT_TRUE(watch_.came_up());
}

TEST_F(HeartbeatWatchTest, APauseOfTheWholeMachineIsNobodysFault) {
  come_up();
  for (int pause = 0; pause < 5; ++pause) {
    now_ns_ += 60'000 * kMs;
    EXPECT_FALSE(watch_.look(beat_, false, now_ns_)) << "the supervisor itself was away";
    come_up();
  }
  now_ns_ += 60'000 * kMs;
  EXPECT_FALSE(watch_.look(beat_, false, now_ns_));
  EXPECT_EQ(ms_until_ended(10'000), 1'800) << "from then on it counts; the pause as one late look";
}

TEST_F(HeartbeatWatchTest, WhoWaitsForACoreOrADiskIsGivenPatience) {
  come_up();
  EXPECT_EQ(ms_until_ended(20'000, true), -1);
  come_up();
  EXPECT_EQ(ms_until_ended(60'000, true), 30'000) << "but not for ever";
}

}  // namespace
}  // namespace roundelay::heartbeat_watch_test
