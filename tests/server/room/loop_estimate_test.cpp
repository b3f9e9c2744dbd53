#include "server/room/loop_estimate.h"

#include <gtest/gtest.h>

namespace roundelay::loop_estimate_test {
namespace {

constexpr int kMany = LoopEstimate::kManyBlocks;
constexpr int kFew = kMany - 1;

TEST(LoopEstimate, NothingIsKnownBeforeTheFirstReport) {
  LoopEstimate estimate;
  EXPECT_EQ(estimate.loop_ms(), std::nullopt);
  estimate.add({.loop_ms = 80, .late_percent = 0, .blocks = 3});
  EXPECT_EQ(estimate.loop_ms(), 80);
}

TEST(LoopEstimate, FewBlocksAreBetterThanNothingUntilThereAreMany) {
  LoopEstimate estimate;
  estimate.add({.loop_ms = 90, .late_percent = 0, .blocks = kFew});
  estimate.add({.loop_ms = 300, .late_percent = 0, .blocks = kFew});
  EXPECT_EQ(estimate.loop_ms(), 300);
  estimate.add({.loop_ms = 120, .late_percent = 0, .blocks = kMany});
  EXPECT_EQ(estimate.loop_ms(), 120);
}

TEST(LoopEstimate, FewBlocksSayNothingAgainstMany) {
  LoopEstimate estimate;
  estimate.add({.loop_ms = 120, .late_percent = 0, .blocks = kMany});
  estimate.add({.loop_ms = 800, .late_percent = 0, .blocks = kFew});
  EXPECT_EQ(estimate.loop_ms(), 120);
}

TEST(LoopEstimate, LineThatHasChangedIsFollowedBothWays) {
  LoopEstimate estimate;
  estimate.add({.loop_ms = 120, .late_percent = 0, .blocks = kMany});
  estimate.add({.loop_ms = 400, .late_percent = 0, .blocks = kMany});
  EXPECT_EQ(estimate.loop_ms(), 400);
  estimate.add({.loop_ms = 90, .late_percent = 0, .blocks = kMany});
  EXPECT_EQ(estimate.loop_ms(), 90);
}

TEST(LoopEstimate, ShareOfLateBlocksIsTheLast) {
  LoopEstimate estimate;
  estimate.add({.loop_ms = 120, .late_percent = 3, .blocks = kMany});
  estimate.add({.loop_ms = 120, .late_percent = 1, .blocks = kFew});
  EXPECT_EQ(estimate.late_percent(), 1);
}

}  // namespace
}  // namespace roundelay::loop_estimate_test
