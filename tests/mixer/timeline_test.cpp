#include "mixer/timeline.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace roundelay::timeline_test {
namespace {

const Timeline kTimeline{1'234'567'891'011, Position{1'800'000'000 * int64_t{kSampleRate}}};

TEST(TimelineTest, ABlockTakesTwentyMilliseconds) {
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns), kTimeline.anchor);
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns + kBlockNanos), kTimeline.anchor + Blocks{1});
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns - kBlockNanos), kTimeline.anchor - Blocks{1});
  EXPECT_EQ(kTimeline.ns_of(kTimeline.anchor + Blocks{50}), kTimeline.anchor_ns + 1'000'000'000);
}

TEST(TimelineTest, RoundsDownToASampleBeforeAndAfterTheAnchor) {
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns + 20'833).samples, kTimeline.anchor.samples);
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns + 20'834).samples, kTimeline.anchor.samples + 1);
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns - 1).samples, kTimeline.anchor.samples - 1);
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns - 20'833).samples, kTimeline.anchor.samples - 1);
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns - 20'834).samples, kTimeline.anchor.samples - 2);
}

TEST(TimelineTest, NsOfIsTheFirstNanosecondOfAPosition) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<int64_t> distance(-int64_t{kSampleRate} * 86'400 * 3650, int64_t{kSampleRate} * 86'400 * 3650);
  for (int i = 0; i < 10'000; ++i) {
    const Position p{kTimeline.anchor.samples + (i < 1000 ? i - 500 : distance(random))};
    const int64_t ns = kTimeline.ns_of(p);
    ASSERT_EQ(kTimeline.at(ns), p);
    ASSERT_EQ(kTimeline.at(ns - 1).samples, p.samples - 1);
  }
}

TEST(TimelineTest, DoesNotDriftInTenYears) {
  const int64_t seconds = int64_t{86'400} * 3653;
  EXPECT_EQ(kTimeline.at(kTimeline.anchor_ns + seconds * 1'000'000'000).samples - kTimeline.anchor.samples,
            seconds * kSampleRate);
}

TEST(TimelineTest, PositionsBeyondTheClockSaturate) {
  EXPECT_EQ(kTimeline.ns_of(Position{INT64_MAX}), INT64_MAX);
  EXPECT_EQ(kTimeline.ns_of(Position{INT64_MIN}), INT64_MIN);
  EXPECT_EQ(kTimeline.ns_of(Position{int64_t{1} << 53}), INT64_MAX);
}

TEST(TimelineTest, AnchorsToTheWallClockOnTheGrid) {
  const auto wall_samples = [] {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count() / 1000 * 48;
  };
  const int64_t before = wall_samples();
  const Timeline timeline = Timeline::anchored_now();
  const Position now = timeline.at(monotonic_ns());
  const int64_t after = wall_samples();
  EXPECT_TRUE(timeline.anchor.on_grid());
  EXPECT_LE(timeline.anchor_ns, monotonic_ns());
  // A millisecond for the rounding above.
  EXPECT_GE(now.samples, before - 48);
  EXPECT_LE(now.samples, after + 2 * 48);
}

TEST(TimelineTest, MonotonicTimeNeverGoesBack) {
  int64_t last = monotonic_ns();
  for (int i = 0; i < 1000; ++i) {
    const int64_t now = monotonic_ns();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(PositionTest, BlocksBetweenRoundsDown) {
  EXPECT_EQ(blocks_between(Position{1920}, Position{0}).count, 2);
  EXPECT_EQ(blocks_between(Position{1919}, Position{0}).count, 1);
  EXPECT_EQ(blocks_between(Position{0}, Position{1}).count, -1);
  EXPECT_EQ(blocks_between(Position{0}, Position{960}).count, -1);
  EXPECT_EQ(blocks_between(Position{0}, Position{961}).count, -2);
  EXPECT_EQ(grid_floor(Position{2879}).samples, 1920);
}

}  // namespace
}  // namespace roundelay::timeline_test
