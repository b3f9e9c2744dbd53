#include "server/base/rate_limiter.h"

#include <gtest/gtest.h>

namespace roundelay::rate_limiter_test {
namespace {

constexpr int64_t kMinute = 60'000'000'000;

TEST(RateLimiter, AllowsABurstThenRefillsEvenly) {
  RateLimiter limiter(20, kMinute);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(limiter.allow("a", kMinute)) << i;
  EXPECT_FALSE(limiter.allow("a", kMinute));
  EXPECT_FALSE(limiter.allow("a", kMinute + kMinute / 20 - 1));
  EXPECT_TRUE(limiter.allow("a", kMinute + kMinute / 20));
  EXPECT_FALSE(limiter.allow("a", kMinute + kMinute / 20));
}

TEST(RateLimiter, WhatIsGivenBackIsThereAtOnceAndNoMore) {
  RateLimiter limiter(2, kMinute);
  limiter.give_back("a", kMinute);  // nothing was taken
  EXPECT_TRUE(limiter.allow("a", kMinute));
  EXPECT_TRUE(limiter.allow("a", kMinute));
  limiter.give_back("a", kMinute);
  EXPECT_TRUE(limiter.allow("a", kMinute));
  EXPECT_FALSE(limiter.allow("a", kMinute));
  limiter.give_back("a", 10 * kMinute);  // it came back long ago
  EXPECT_TRUE(limiter.allow("a", 10 * kMinute));
  EXPECT_TRUE(limiter.allow("a", 10 * kMinute));
  EXPECT_FALSE(limiter.allow("a", 10 * kMinute));
}

TEST(RateLimiter, AddressesDoNotShare) {
  RateLimiter limiter(1, kMinute);
  EXPECT_TRUE(limiter.allow("a", 0));
  EXPECT_TRUE(limiter.allow("b", 0));
  EXPECT_FALSE(limiter.allow("a", 0));
}

TEST(RateLimiter, OneHouseholdIsOneAddress) {
  RateLimiter limiter(1, kMinute);
  EXPECT_TRUE(limiter.allow("2001:db8::1", 0));
  EXPECT_FALSE(limiter.allow("2001:db8::2", 0));
  EXPECT_TRUE(limiter.allow("2001:db8:0:1::1", 0));
}

TEST(RateLimiter, MemoryIsBounded) {
  RateLimiter limiter(1, kMinute, 2);
  EXPECT_TRUE(limiter.allow("a", 0));
  EXPECT_TRUE(limiter.allow("b", 0));
  EXPECT_FALSE(limiter.allow("c", 0));
  EXPECT_TRUE(limiter.allow("c", kMinute + 1));  // a and b are forgotten
}

}  // namespace
}  // namespace roundelay::rate_limiter_test
