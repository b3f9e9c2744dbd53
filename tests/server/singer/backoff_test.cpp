#include "server/singer/backoff.h"

#include <gtest/gtest.h>

#include <vector>

namespace roundelay::backoff_test {
namespace {

TEST(Backoff, DoublesFromAFifthOfASecondToThreeSeconds) {
  Backoff backoff([] { return 0.5; });
  std::vector<int64_t> waits;
  for (int i = 0; i < 6; ++i) waits.push_back(backoff.next_ms());
  EXPECT_EQ(waits, (std::vector<int64_t>{200, 400, 800, 1600, 3000, 3000}));
}

TEST(Backoff, SpreadsByThirtyPercentEitherWay) {
  Backoff least([] { return 0.0; });
  Backoff most([] { return 1.0; });
  EXPECT_EQ(least.next_ms(), 140);
  EXPECT_EQ(most.next_ms(), 260);
}

TEST(Backoff, BeginsAnewAfterAConnectionThatWorked) {
  Backoff backoff([] { return 0.5; });
  (void)backoff.next_ms();
  (void)backoff.next_ms();
  backoff.reset();
  EXPECT_EQ(backoff.next_ms(), 200);
}

}  // namespace
}  // namespace roundelay::backoff_test
