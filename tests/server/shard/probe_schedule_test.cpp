#include "server/shard/probe_schedule.h"

#include <gtest/gtest.h>

namespace roundelay {
namespace {

constexpr int64_t kFirst = ProbeSchedule::kFirst.count;
constexpr int64_t kCycle = ProbeSchedule::kRun.count + ProbeSchedule::kPause.count;

class ProbeScheduleTest : public testing::Test {
 protected:
  // Probes of the next `blocks` blocks.
  int64_t probes(int64_t blocks) {
    int64_t n = 0;
    for (int64_t i = 0; i < blocks; ++i, at_ = at_ + Blocks{1}) n += schedule_.due(at_) ? 1 : 0;
    return n;
  }

  Position at_ = Position{960'000};
  ProbeSchedule schedule_;
};

TEST_F(ProbeScheduleTest, EveryBlockAtFirstThenInRuns) {
  EXPECT_EQ(probes(kFirst), kFirst);
  EXPECT_EQ(probes(ProbeSchedule::kPause.count), 0);
  EXPECT_EQ(probes(ProbeSchedule::kRun.count), ProbeSchedule::kRun.count);
  EXPECT_EQ(probes(100 * kCycle), 100 * ProbeSchedule::kRun.count);
}

TEST_F(ProbeScheduleTest, ManyAgainAfterASong) {
  probes(kFirst + 10);
  schedule_.restart();
  EXPECT_EQ(probes(20), 20);
  at_ = at_ + Blocks{9'000};  // the song reaches her bucket: nobody asks
  EXPECT_EQ(probes(kFirst + 10), kFirst);
}

TEST_F(ProbeScheduleTest, TickThatIsLeftOutDoesNotEndTheWatch) {
  probes(kFirst);
  at_ = at_ + ProbeSchedule::kPause + Blocks{1};
  EXPECT_GT(probes(kCycle), 0);
}

}  // namespace
}  // namespace roundelay
