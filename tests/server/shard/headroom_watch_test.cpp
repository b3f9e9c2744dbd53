#include "server/shard/headroom_watch.h"

#include "tests/server/shard/shard_fixture.h"

namespace roundelay::headroom_watch_test {
namespace {

class HeadroomWatchTest : public ShardParts {
 protected:
  // A second in which the thread used this much of a core.
  void second(double load, int singers = 0) {
    now_ns_ += kSecondNs;
    cpu_ns_ += static_cast<int64_t>(load * 1e9);
    for (int i = 0; i < 50; ++i) row_.ticks.add();
    Housekeeping::Findings findings;
    findings.singers = singers;
    headroom_.every_second(now_ns_, findings, stages_, sessions_);
  }
  void seconds(int count, double load) {
    for (int i = 0; i < count; ++i) second(load);
  }
};

TEST_F(HeadroomWatchTest, TheFirstSecondHasNothingToCompareWith) {
  cpu_ns_ = 500 * kSecondNs;  // of a process that took long to start
  second(0);
  EXPECT_EQ(row_.load_permille.load(), 0u);
  EXPECT_EQ(headroom_.headroom().strain(), 0);
  second(0.25, 3);
  EXPECT_EQ(row_.load_permille.load(), 250u);
  EXPECT_EQ(row_.singers.load(), 3u);
  EXPECT_EQ(row_.capacity.load(), static_cast<uint32_t>(headroom_.headroom().capacity()));
}

TEST_F(HeadroomWatchTest, LoadIsOfTheTimeThatPassed) {
  second(0);
  now_ns_ += kSecondNs;  // the timer came late
  second(0.5);
  EXPECT_EQ(row_.load_permille.load(), 250u);
}

TEST_F(HeadroomWatchTest, ABusyShardShedsQualityThenMetersThenListenersBatching) {
  Session& listener = open();
  listener.admit(facts(0, 5, Role::kListener), &stages_.at(0, 5));
  EXPECT_EQ(listener.batch(), BatchPolicy::kListenerBlocks);
  EXPECT_EQ(headroom_.told_every_s(), 1);
  second(0);
  second(0.9);
  EXPECT_LT(row_.complexity.load(), 4u);
  EXPECT_EQ(row_.strain.load(), 1u);
  EXPECT_TRUE(headroom_.probe_policy().saving);
  EXPECT_EQ(headroom_.told_every_s(), 1);
  seconds(2, 0.9);
  EXPECT_EQ(row_.complexity.load(), 0u);
  EXPECT_EQ(row_.strain.load(), 2u);
  EXPECT_EQ(headroom_.told_every_s(), 4);
  EXPECT_EQ(listener.batch(), BatchPolicy::kListenerBlocks);
  second(0.9);
  EXPECT_EQ(row_.strain.load(), 3u);
  EXPECT_EQ(listener.batch(), wire::kMaxBlocksPerMessage);
  seconds(60, 0.1);
  EXPECT_EQ(row_.strain.load(), 0u);
  EXPECT_EQ(row_.complexity.load(), 4u);
  EXPECT_EQ(listener.batch(), BatchPolicy::kListenerBlocks) << "all is given back";
  EXPECT_FALSE(headroom_.probe_policy().saving);
}

TEST_F(HeadroomWatchTest, LateTicksAreStrainWhateverTheLoad) {
  second(0);
  for (int i = 0; i < 10; ++i) row_.late_ticks.add();
  second(0.1);
  EXPECT_EQ(row_.strain.load(), 1u);
}

}  // namespace
}  // namespace roundelay::headroom_watch_test
