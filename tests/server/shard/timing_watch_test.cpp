// TimingWatch: what a shard makes of one singer's timing in a song.
#include "server/shard/timing_watch.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <iterator>
#include <random>
#include <set>

namespace roundelay::timing_watch_test {
namespace {

constexpr Position kStart{960 * 100'000};

class TimingWatchTest : public ::testing::Test {
 protected:
  TimingWatchTest() {
    room_.song_number = 7;
    room_.song_start = kStart.samples;
    room_.song_end = kNoEnd;
    std::mt19937 random(3);
    std::mt19937 scatter(5);
    for (int64_t at = 20; at < kBlocks; at += 13 + static_cast<int64_t>(random() % 30)) {
      beats_.insert(at * kBlockSamples);
      sung_.insert(at * kBlockSamples + static_cast<int64_t>(scatter() % 3'361) - 1'680);
    }
  }
  // 40 ms that are loud from each beat on, so many blocks late, soft ones else.
  static std::array<float, kBlockSamples> sound(const std::set<int64_t>& beats, int64_t block, int64_t late_blocks) {
    std::array<float, kBlockSamples> out;
    for (size_t i = 0; i < out.size(); ++i) {
      const int64_t at = (block - late_blocks) * kBlockSamples + static_cast<int64_t>(i);
      const auto next = beats.upper_bound(at);
      const bool loud = next != beats.begin() && at - *std::prev(next) < 2 * kBlockSamples;
      out[i] = (loud ? 0.3F : 0.01F) * std::sin(0.05F * static_cast<float>(i));
    }
    return out;
  }
  // The song from its start to its end, visited once a second; all that was told.
  std::vector<int> live(int64_t late_blocks, int64_t seconds_after) {
    std::vector<int> told;
    watch_.song_begins(room_);
    for (int64_t block = 0; block < kBlocks + seconds_after * 50; ++block) {
      if (block < kBlocks) {
        heard_.add(kStart + Blocks{block}, sound(beats_, block, 0));
        watch_.add(kStart + Blocks{block}, sound(sung_, block, late_blocks));
      } else {
        room_.song_end = (kStart + Blocks{kBlocks}).samples;
      }
      if (block % 50 != 0) continue;
      const Position until = kStart + Blocks{std::min(block, kBlocks)};
      if (const auto late = watch_.visit(heard_, room_, until, kStart + Blocks{block})) told.push_back(late->late_ms);
    }
    return told;
  }

  static constexpr int64_t kBlocks = 3'000;
  RoomState room_;
  TimingWatch watch_;
  EnergyRing heard_{TimingMeter::kRingBlocks};
  std::set<int64_t> beats_;  // samples from the start
  std::set<int64_t> sung_;   // hers: each up to 35 ms before or after, as people are; in the mean none
};

TEST_F(TimingWatchTest, TellsOnceAndOnlyWhenTheSongIsOver) {
  EXPECT_TRUE(live(3, 1).empty()) << "her last blocks may be on their way";
  room_.song_end = kNoEnd;
  const auto told = live(3, 10);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NEAR(told[0], 60, 5);
}

TEST_F(TimingWatchTest, ASongThatAnotherFollowsAtOnceIsToldUnderItsOwnNumber) {
  ASSERT_TRUE(live(3, 1).empty());
  room_.song_number = 8;
  room_.song_start = (kStart + Blocks{kBlocks + 75}).samples;
  room_.song_end = kNoEnd;
  const auto judged = watch_.visit(heard_, room_, kStart + Blocks{kBlocks}, kStart + Blocks{kBlocks + 60});
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->song, 7U);
  EXPECT_NEAR(judged->late_ms, 60, 5);
  EXPECT_FALSE(watch_.visit(heard_, room_, kStart + Blocks{kBlocks}, kStart + Blocks{kBlocks + 500})) << "once";
}

TEST_F(TimingWatchTest, WhoHearsNobodyIsToldNothing) {
  watch_.song_begins(room_);
  for (int64_t block = 0; block < kBlocks; ++block) {
    watch_.add(kStart + Blocks{block}, sound(sung_, block, 0));
    EXPECT_FALSE(watch_.visit(heard_, room_, kStart + Blocks{block}, kStart + Blocks{block}));
  }
  room_.song_end = (kStart + Blocks{kBlocks}).samples;
  EXPECT_FALSE(watch_.visit(heard_, room_, kStart + Blocks{kBlocks}, kStart + Blocks{kBlocks + 500}));
}

}  // namespace
}  // namespace roundelay::timing_watch_test
