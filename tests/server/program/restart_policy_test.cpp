#include "server/program/restart_policy.h"

#include <gtest/gtest.h>

namespace roundelay::restart_policy_test {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr RestartPolicy::Ended kCrashed{.came_up = true, .for_good = false, .lived_ns = kSecondNs};
constexpr RestartPolicy::Ended kFailedToStart{.came_up = false, .for_good = false, .lived_ns = 0};
constexpr RestartPolicy::Ended kCannotStart{.came_up = false, .for_good = true, .lived_ns = 0};

TEST(RestartPolicy, WhoCameUpIsStartedAgainForEver) {
  RestartPolicy policy;
  int64_t last_ns = 0;
  for (int64_t i = 0; i < 1'000; ++i) {
    const auto delay_ns = policy.ended(kCrashed, i % 2 == 0, i * kSecondNs);
    ASSERT_TRUE(delay_ns);
    last_ns = *delay_ns;
  }
  EXPECT_EQ(last_ns, RestartPolicy::kLastDelayNs) << "less and less often";
  const RestartPolicy::Ended stable{.came_up = true, .for_good = false, .lived_ns = 60 * kSecondNs};
  EXPECT_EQ(policy.ended(stable, true, 0), RestartPolicy::kFirstDelayNs);
}

TEST(RestartPolicy, WhatNoOtherTryHelpsIsGivenUpAtOnceWhileTheServerStarts) {
  RestartPolicy policy;
  EXPECT_FALSE(policy.ended(kCannotStart, false, 0));
}

TEST(RestartPolicy, WhatMayPassIsTriedABoundedNumberOfTimes) {
  RestartPolicy policy;
  for (int i = 1; i < RestartPolicy::kMostFailedStarts; ++i) EXPECT_TRUE(policy.ended(kFailedToStart, false, i)) << i;
  EXPECT_FALSE(policy.ended(kFailedToStart, false, 10));
}

TEST(RestartPolicy, AServerThatWasReadyKeepsTryingForAMinute) {
  RestartPolicy policy;
  int64_t now_ns = 0;
  for (; now_ns < RestartPolicy::kKeepTryingNs; now_ns += kSecondNs) EXPECT_TRUE(policy.ended(kCannotStart, true, now_ns));
  EXPECT_FALSE(policy.ended(kCannotStart, true, now_ns));
}

TEST(RestartPolicy, ComingUpBeginsTheCountAnew) {
  RestartPolicy policy;
  for (int round = 0; round < 5; ++round) {
    for (int i = 1; i < RestartPolicy::kMostFailedStarts; ++i) EXPECT_TRUE(policy.ended(kFailedToStart, false, i));
    EXPECT_TRUE(policy.ended(kCrashed, false, 0));
  }
}

}  // namespace
}  // namespace roundelay::restart_policy_test
