// The tick on a real loop and the real clock.
#include "server/shard/shard_tick.h"

#include <gtest/gtest.h>

#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/shard/shard_fixture.h"

namespace roundelay::shard_tick_test {
namespace {

class ShardTickTest : public ShardParts {
 protected:
  [[nodiscard]] std::vector<std::string> wake_paths() const { return {folder_.path() + "/wake-0", folder_.path() + "/wake-1"}; }

  TemporaryFolder folder_;
  int seconds_ = 0;
  int fifths_ = 0;
  ShardTick tick_{loop_.get(),
                  wake_paths(),
                  kShard,
                  {.timeline = Timeline::anchored_now(),
                   .row = row_,
                   .stages = stages_,
                   .housekeeping = housekeeping_,
                   .headroom = headroom_,
                   .every_block = [](Position) {},
                   .every_second = [this](int64_t) { ++seconds_; },
                   .every_fifth_second = [this] { ++fifths_; }}};
};

TEST_F(ShardTickTest, TicksBeatTheHeartAndAreCounted) {
  const int64_t before_ns = monotonic_ns();
  EXPECT_TRUE(loop_.run_until([&] { return row_.ticks.get() >= 3; }));
  EXPECT_GE(row_.heartbeat_ns.load(), before_ns);
  EXPECT_EQ(row_.tick_time.read().count, row_.ticks.get());
  EXPECT_EQ(seconds_, 1) << "at once, and then once a second";
  EXPECT_TRUE(loop_.run_until([&] { return seconds_ == 2; }));
  EXPECT_GE(fifths_, 4);
}

TEST_F(ShardTickTest, ATickThatIsDueIsNotMadeToWait) {
  EXPECT_TRUE(loop_.run_until([&] { return row_.ticks.get() >= 1; }));
  const uint64_t before = row_.ticks.get();
  tick_.run_due(monotonic_ns() + 100'000'000);
  EXPECT_GE(row_.ticks.get(), before + 4);
}

TEST_F(ShardTickTest, AfterTheStopNothingTicks) {
  EXPECT_TRUE(loop_.run_until([&] { return row_.ticks.get() >= 1; }));
  tick_.stop();
  const uint64_t before = row_.ticks.get();
  tick_.run_due(monotonic_ns() + 1'000'000'000);
  EXPECT_EQ(row_.ticks.get(), before);
}

}  // namespace
}  // namespace roundelay::shard_tick_test
