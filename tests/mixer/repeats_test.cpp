#include "mixer/repeats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "test_support.h"

namespace roundelay::repeats_test {
namespace {

using test_parts::block_at;
using test_parts::impulse;

constexpr uint32_t kRing = 8192;

class RepeatsTest : public ::testing::Test {
 protected:
  RepeatsTest() {
    room_.song_start = block_at(0).samples;
    room_.music = block_at(0).samples;
    room_.song_end = kNoEnd;
    room_.bpm_tenths = 1'200;
    room_.beats_per_bar = 4;
    room_.round_beats = 16;
    room_.round_repeats = 1;
  }
  void sing(int64_t block, Block voice, float from = 1, float to = 1) {
    lane_.add(block_at(block), voice, from, to);
    Repeats(room_).add(lane_, block_at(block), voice, from, to, 1);
  }
  // What a reader hears from the music on.
  std::vector<float> read(int64_t from_block, int64_t blocks) {
    const LaneReader reader(&memory_[0], kRing);
    std::vector<float> out;
    for (int64_t b = from_block; b < from_block + blocks; ++b) {
      test_parts::Samples sum{};
      people_.push_back(reader.add_to(sum, block_at(b)));
      out.insert(out.end(), sum.begin(), sum.end());
    }
    return out;
  }

  test_parts::SharedArray<LaneBlock> memory_{kRing};
  LaneWriter lane_{&memory_[0], kRing};
  RoomState room_;
  std::vector<int> people_;
};

TEST_F(RepeatsTest, AnImpulseIsHeardAgainSoManyBeatsLater) {
  sing(100, impulse(0, 1));  // 96,000 samples after the music's beginning: PARITY.md 2.7
  const auto heard = read(0, 600);
  for (size_t i = 0; i < heard.size(); ++i) ASSERT_EQ(heard[i], i == 96'000 || i == 480'000 ? 1.0F : 0.0F) << i;
}

TEST_F(RepeatsTest, AHundredRepeatsDoNotDrift) {
  room_.bpm_tenths = 1'331;  // a beat of 21,637.87 samples
  room_.round_beats = 3;
  room_.round_repeats = 100;
  sing(3, impulse(17, 1));
  const auto heard = read(0, 100 * 68 + 10);
  const int64_t sung = 3 * 960 + 17;
  int found = 0;
  for (int64_t k = 0; k <= 100; ++k) {
    const auto at = sung + static_cast<int64_t>(std::floor(static_cast<long double>(3 * k) * 28'800'000.0L / 1'331.0L + 0.5L));
    ASSERT_LT(at, static_cast<int64_t>(heard.size()));
    found += heard[static_cast<size_t>(at)] == 1.0F ? 1 : 0;
  }
  EXPECT_EQ(found, 101);
  EXPECT_EQ(std::count(heard.begin(), heard.end(), 1.0F), 101);
}

TEST_F(RepeatsTest, WhatIsSungOnIsRepeatedToTheSampleAndCountedOnceInEachBlock) {
  room_.bpm_tenths = 1'331;
  room_.round_beats = 2;
  room_.round_repeats = 2;
  for (int64_t b = 0; b < 20; ++b) sing(b, test_parts::sine(440, 0.5, b), b == 0 ? 0.0F : 1.0F, b == 19 ? 0.0F : 1.0F);
  const auto voice = read(0, 20);
  for (const int64_t repeat : {1, 2}) {
    const auto at = static_cast<int64_t>(std::floor(static_cast<long double>(2 * repeat) * 28'800'000.0L / 1'331.0L + 0.5L));
    people_.clear();
    const auto heard = read(at / 960, 22);
    for (size_t i = 0; i < voice.size(); ++i) ASSERT_EQ(heard[static_cast<size_t>(at % 960) + i], voice[i]) << repeat << " " << i;
    EXPECT_EQ(people_, (std::vector<int>{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0}));
  }
}

TEST_F(RepeatsTest, WhatLiesBehindTheEndIsLeftOutAndWhatReachesItDiesAway) {
  room_.bpm_tenths = 1'331;
  room_.round_beats = 1;
  room_.round_repeats = 3;
  room_.song_end = block_at(50).samples;  // the second repeat of block 5 lies at block 50.08
  for (int64_t b = 0; b < 20; ++b) sing(b, test_parts::constant(0.5F));
  const auto heard = read(49, 100);
  EXPECT_NEAR(heard[0], 0.5F, 0.1F);
  EXPECT_NEAR(heard[959], 0.0F, 1e-6F);
  for (size_t i = 960; i < heard.size(); ++i) ASSERT_EQ(heard[i], 0.0F) << i;
}

TEST_F(RepeatsTest, TheCountInIsNotRepeated) {
  room_.music = block_at(10).samples;
  sing(9, impulse(0, 1));
  sing(10, impulse(0, 1));
  const auto heard = read(400, 20);
  EXPECT_EQ(std::count(heard.begin(), heard.end(), 1.0F), 1);
  EXPECT_EQ(heard[10 * 960], 1.0F);
}

TEST_F(RepeatsTest, WithoutARoundNothingIsWrittenAgain) {
  room_.round_beats = 0;
  sing(0, test_parts::constant(1));
  const auto heard = read(1, 1000);
  EXPECT_EQ(std::count(heard.begin(), heard.end(), 0.0F), static_cast<int64_t>(heard.size()));
  EXPECT_EQ(Repeats(room_).ahead().count, 0);
}

TEST_F(RepeatsTest, TheyLieAheadOfNowOnlyWhereTheLeaderStandsBeforeThem) {
  room_.first_offset_blocks = 400;
  EXPECT_EQ(Repeats(room_).ahead().count, 0);
  room_.round_repeats = 2;
  EXPECT_EQ(Repeats(room_).ahead().count, 402);
}

}  // namespace
}  // namespace roundelay::repeats_test
