#include "server/shard/batch_policy.h"

#include <gtest/gtest.h>

namespace roundelay::batch_policy_test {
namespace {

TEST(BatchPolicy, ATightIntervalHasOneBlockAMessage) {
  const BatchPolicy policy;
  EXPECT_EQ(policy.for_singer(60, 20), 1);
  EXPECT_EQ(policy.for_singer(200, 140), 1);
  EXPECT_EQ(policy.for_singer(1000, std::nullopt), 1) << "her loop time is not known yet";
}

TEST(BatchPolicy, WhatTheIntervalLeavesGoesIntoLargerMessages) {
  const BatchPolicy policy;
  EXPECT_EQ(policy.for_singer(200, 100), 2);  // 42 ms are spare
  EXPECT_EQ(policy.for_singer(1000, 100), 5);
}

TEST(BatchPolicy, LargerMessagesNeverMakeALongerIntervalNecessary) {
  const BatchPolicy policy;
  for (double loop = 5; loop < 700; loop += 5) {
    for (double interval = 60; interval < 2000; interval += 20) {
      const int batch = policy.for_singer(interval, loop);
      if (batch == 1) continue;
      EXPECT_LE(kLoopMargin * (loop + (batch - 1) * BatchPolicy::kWaitPerBlockMs), interval + 1e-9);
    }
  }
}

TEST(BatchPolicy, ListenersWaitLongerUnderStrain) {
  BatchPolicy policy;
  EXPECT_EQ(policy.for_listener(), 3);
  policy.strained = true;
  EXPECT_EQ(policy.for_listener(), 5);
}

TEST(BatchPolicy, APinnedNumberHoldsForAll) {
  const BatchPolicy policy{.pinned = 2, .strained = true};
  EXPECT_EQ(policy.for_listener(), 2);
  EXPECT_EQ(policy.for_singer(60, 500), 2);
}

}  // namespace
}  // namespace roundelay::batch_policy_test
