#include "server/program/replacement.h"

#include <gtest/gtest.h>

namespace roundelay::replacement_test {
namespace {

using Step = Replacement::Step;

TEST(Replacement, OneAfterTheOtherIsAskedAndTheNextWaitsUntilItsPredecessorHasSettled) {
  Replacement replacement(2);
  EXPECT_EQ(replacement.look(10, true, 1), Step::kAsk);
  EXPECT_EQ(replacement.look(10, true, 2), Step::kNothing) << "it is still ending";
  EXPECT_EQ(replacement.look(0, false, 3), Step::kNothing);
  EXPECT_EQ(replacement.look(11, false, 4), Step::kNothing) << "it has not begun its work";
  EXPECT_EQ(replacement.look(11, true, 5), Step::kNothing);
  EXPECT_EQ(replacement.look(11, false, 6), Step::kNothing);
  EXPECT_EQ(replacement.look(11, true, 7), Step::kNothing);
  EXPECT_EQ(replacement.look(11, true, 6 + Replacement::kSettleNs), Step::kNothing);
  EXPECT_EQ(replacement.turn(), 0U) << "what it worked before does not count";
  EXPECT_EQ(replacement.look(11, true, 7 + Replacement::kSettleNs), Step::kNothing);
  EXPECT_EQ(replacement.turn(), 1U);
  EXPECT_FALSE(replacement.done());
  EXPECT_EQ(replacement.look(20, true, 8 + Replacement::kSettleNs), Step::kAsk);
}

TEST(Replacement, WhoDoesNotEndIsKilledOnce) {
  Replacement replacement(1);
  EXPECT_EQ(replacement.look(10, true, 1), Step::kAsk);
  EXPECT_EQ(replacement.look(10, true, Replacement::kEndWithinNs), Step::kNothing);
  EXPECT_EQ(replacement.look(10, true, Replacement::kEndWithinNs + 1), Step::kKill);
  EXPECT_EQ(replacement.look(10, true, Replacement::kEndWithinNs + 2), Step::kNothing);
}

TEST(Replacement, WhoIsAwayIsWaitedForAndThenReplaced) {
  Replacement replacement(1);
  EXPECT_EQ(replacement.look(0, false, 1), Step::kNothing);
  EXPECT_EQ(replacement.look(10, true, 2), Step::kAsk);
}

TEST(Replacement, ItIsDoneWhenTheLastOneHasSettled) {
  Replacement replacement(1);
  EXPECT_EQ(replacement.look(10, true, 1), Step::kAsk);
  EXPECT_EQ(replacement.look(11, true, 2), Step::kNothing);
  EXPECT_EQ(replacement.look(11, true, 2 + Replacement::kSettleNs), Step::kNothing);
  EXPECT_TRUE(replacement.done());
}

}  // namespace
}  // namespace roundelay::replacement_test
