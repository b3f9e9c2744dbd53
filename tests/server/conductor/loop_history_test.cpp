#include "server/conductor/loop_history.h"

#include <gtest/gtest.h>

namespace roundelay {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

class LoopHistoryTest : public testing::Test {
 protected:
  // One report a second, as a shard sends them.
  void report(int seconds, double loop_ms, int blocks) {
    for (int i = 0; i < seconds; ++i) {
      now_ += kSecond;
      history_.add({.loop_ms = loop_ms, .late_percent = 0, .blocks = blocks}, now_);
    }
  }
  [[nodiscard]] double loop_ms() const { return history_.loop_ms(now_).value_or(-1); }

  static constexpr int kMany = 500, kFew = 20;
  int64_t now_ = 1'000 * kSecond;
  LoopHistory history_;
};

TEST_F(LoopHistoryTest, NothingIsKnownBeforeTheFirstReport) {
  EXPECT_EQ(history_.loop_ms(now_), std::nullopt);
  report(1, 80, 3);
  EXPECT_EQ(loop_ms(), 80);
}

TEST_F(LoopHistoryTest, LargestOfTheLastMinuteCounts) {
  report(20, 80, kMany);
  report(5, 140, kMany);
  report(30, 80, kMany);
  EXPECT_EQ(loop_ms(), 140);
  report(60, 80, kMany);
  EXPECT_EQ(loop_ms(), 80);
}

TEST_F(LoopHistoryTest, LostProbeBetweenSongsDoesNotLookLikeASlowNetwork) {
  report(20, 240, kMany);
  report(30, 230, kFew);
  report(10, 800, kFew);  // one probe was lost: it stays in the shard's window for a while
  report(30, 230, kFew);
  EXPECT_EQ(loop_ms(), 240);
}

TEST_F(LoopHistoryTest, NetworkThatHasBecomeSlowBetweenSongsIsSeen) {
  report(20, 80, kMany);
  report(60, 70, kFew);
  report(60, 400, kFew);
  EXPECT_EQ(loop_ms(), 400);
}

TEST_F(LoopHistoryTest, SongBeforeALongBreakIsStillKnown) {
  report(60, 150, kMany);
  report(600, 90, kFew);
  EXPECT_EQ(loop_ms(), 150);
}

TEST_F(LoopHistoryTest, FewBlocksAreBetterThanNothing) {
  report(2, 90, kFew);
  report(1, 300, kFew);
  EXPECT_EQ(loop_ms(), 300);
}

}  // namespace
}  // namespace roundelay
