#include "server/shard/probe_schedule.h"

#include <gtest/gtest.h>

namespace roundelay::probe_schedule_test {
namespace {

constexpr int64_t kFirst = ProbeSchedule::kFirst.count;

class ProbeScheduleTest : public testing::Test {
 protected:
  // Probes of the next `blocks` blocks; each comes back at once.
  int64_t probes(int64_t blocks) {
    int64_t n = 0;
    for (int64_t i = 0; i < blocks; ++i, at_ = at_ + Blocks{1}) {
      if (!schedule_.due(at_, policy_.enough(known_, quick_))) continue;
      ++n;
      if (answered_) ++known_;
    }
    return n;
  }
  // As above, of the next ten seconds.
  int64_t of_ten_seconds() { return probes(500); }

  Position at_ = Position{960'000};
  ProbeSchedule schedule_;
  ProbePolicy policy_;
  int known_ = 0;
  bool quick_ = false;
  bool answered_ = true;
};

TEST_F(ProbeScheduleTest, AFirstEstimateIsThereAfterThreeSeconds) {
  EXPECT_EQ(probes(kFirst), kFirst);
  EXPECT_GE(known_, ProbePolicy::kLeast);
}

TEST_F(ProbeScheduleTest, ANewcomersTenSecondsCostHalfOfASongs) {
  EXPECT_LE(of_ten_seconds(), 500 * 6 / 10);
}

TEST_F(ProbeScheduleTest, ThereAreEnoughAfterTwentySecondsThenItIsAWatch) {
  const int64_t first = of_ten_seconds() + of_ten_seconds();
  EXPECT_GE(first, ProbePolicy::kEnough);
  probes(2'000);
  EXPECT_EQ(probes(100 * ProbeSchedule::kWatchCycle.count), 100 * ProbeSchedule::kWatch.count);
}

TEST_F(ProbeScheduleTest, AQuickLineNeedsNoMore) {
  quick_ = policy_.is_quick(120, 60);
  EXPECT_TRUE(quick_);
  EXPECT_FALSE(policy_.is_quick(120, 90));
  EXPECT_FALSE(policy_.is_quick(50, 60)) << "too few to say so";
  const int64_t ten = of_ten_seconds();
  EXPECT_LE(ten, kFirst + ProbeSchedule::kWatch.count);
}

TEST_F(ProbeScheduleTest, AShardUnderLoadSendsThemAQuarter) {
  policy_.saving = true;
  const int64_t ten = of_ten_seconds() + of_ten_seconds();
  EXPECT_LE(ten, 1'000 / 4);
  policy_.saving = false;
  EXPECT_GT(probes(1'500), 300) << "the others come when there is room again";
}

TEST_F(ProbeScheduleTest, WhoDoesNotAnswerIsOnlyWatchedAfterAWhile) {
  answered_ = false;
  EXPECT_LE(probes(10'000), ProbeSchedule::kMost + ProbeSchedule::kRun.count + 20 * ProbeSchedule::kWatch.count);
}

TEST_F(ProbeScheduleTest, ASongThatMeasuredHerLeavesItAtTheWatch) {
  of_ten_seconds();
  known_ = 1'500;
  at_ = at_ + Blocks{9'000};  // the song reaches her bucket: nobody asks
  EXPECT_EQ(of_ten_seconds(), ProbeSchedule::kWatch.count);
}

TEST_F(ProbeScheduleTest, ManyAgainWhenWhatWasMeasuredDoesNotCountAnyMore) {
  probes(3'000);
  schedule_.restart();
  known_ = 0;
  EXPECT_EQ(probes(kFirst), kFirst);
}

TEST_F(ProbeScheduleTest, WhoIsMovedFarBackIsStillProbed) {
  probes(3'000);
  at_ = at_ - Blocks{2'500};
  EXPECT_GE(of_ten_seconds(), ProbeSchedule::kWatch.count);
}

TEST_F(ProbeScheduleTest, ATickThatIsLeftOutDoesNotEndTheWatch) {
  probes(2'000);
  at_ = at_ + Blocks{1'000} + Blocks{1};
  EXPECT_GT(of_ten_seconds(), 0);
}

}  // namespace
}  // namespace roundelay::probe_schedule_test
