#include "mixer/room_state.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "test_support.h"

namespace roundelay::room_state_test {
namespace {

class RoomStateTest : public ::testing::Test {
 protected:
  test_parts::SharedArray<RoomStateCell> memory_{1};
  RoomStateCell& cell_ = memory_[0];
  RoomState state_;
  uint64_t version_ = 0;
};

TEST_F(RoomStateTest, ZeroedMemoryIsAFreeRow) {
  ASSERT_TRUE(cell_.load(state_, &version_));
  EXPECT_EQ(state_.generation, 0U);
  EXPECT_EQ(state_.song_number, 0U);
  EXPECT_EQ(version_, 0U);
}

TEST_F(RoomStateTest, EveryFieldComesBack) {
  RoomState in;
  in.generation = 7;
  in.song_number = 3;
  in.song_start = 86'400'000'000 * kBlockSamples;
  in.song_end = kNoEnd;
  in.bucket_count = 8;
  in.interval_blocks = 150;
  in.first_offset_blocks = 25;
  in.ring_blocks = 4096;
  in.automatic_gain = 0;
  in.volume = 0.75F;
  in.leader_boost = 3;
  in.level_match = 1;
  in.watched = 1;
  in.has_solo = 1;
  in.solo_bucket = 6;
  in.has_track = 1;
  in.has_leader = 1;
  for (size_t i = 0; i < in.track.size(); ++i) in.track[i] = static_cast<uint8_t>(i * 3 + 1);
  in.leader = 0x1122334455667788;
  in.music = 86'400'000'001 * kBlockSamples;
  in.bpm_tenths = 925;
  in.beats_per_bar = 3;
  in.click = 1;
  in.count_in_beats = 6;
  in.round_beats = 16;
  in.round_repeats = 2;
  in.round_leader_only = 1;
  in.round_parts = 4;
  std::strcpy(in.id, "abcdefghijklmnopqrstuvw");
  cell_.store(in);
  ASSERT_TRUE(cell_.load(state_));
  EXPECT_EQ(std::memcmp(&in, &state_, sizeof in), 0);
}

TEST_F(RoomStateTest, TheVersionChangesWithEveryStoreAndIsEven) {
  uint64_t last = cell_.version();
  for (int i = 0; i < 10; ++i) {
    cell_.store(RoomState{});
    EXPECT_NE(cell_.version(), last);
    EXPECT_EQ(cell_.version() % 2, 0U);
    last = cell_.version();
    ASSERT_TRUE(cell_.load(state_, &version_));
    EXPECT_EQ(version_, last);
  }
}

TEST_F(RoomStateTest, AStoreLeftHalfDoneKeepsWhatTheReaderHadAndTheNextStoreMends) {
  RoomState in;
  in.generation = 1;
  cell_.store(in);
  // The sequence counter is the cell's first word; odd is what a conductor killed in the middle leaves.
  reinterpret_cast<std::atomic<uint64_t>*>(&cell_)->fetch_add(1);
  state_.generation = 42;
  version_ = 42;
  EXPECT_FALSE(cell_.load(state_, &version_));
  EXPECT_EQ(state_.generation, 42U);
  EXPECT_EQ(version_, 42U);
  in.generation = 2;
  cell_.store(in);
  ASSERT_TRUE(cell_.load(state_, &version_));
  EXPECT_EQ(state_.generation, 2U);
  EXPECT_EQ(version_ % 2, 0U);
}

TEST_F(RoomStateTest, AnIdAlwaysEnds) {
  RoomState in;
  std::memset(in.id, 'x', sizeof in.id);
  cell_.store(in);
  ASSERT_TRUE(cell_.load(state_));
  EXPECT_EQ(std::strlen(state_.id), sizeof in.id - 1);
}

TEST_F(RoomStateTest, OffsetsAreWholeIntervals) {
  state_.interval_blocks = 150;
  state_.first_offset_blocks = 10;
  EXPECT_EQ(state_.offset_of(0).count, 10);
  EXPECT_EQ(state_.offset_of(5).count, 760);
}

TEST_F(RoomStateTest, TheSoloMixIsOneIntervalBehindTheLatestAndInTheRing) {
  state_.interval_blocks = 150;
  state_.first_offset_blocks = 10;
  state_.ring_blocks = 1024;
  state_.solo_bucket = 1;
  EXPECT_EQ(state_.solo_offset().count, 160);
  state_.solo_bucket = 6;
  EXPECT_EQ(state_.solo_offset().count, 910);
  state_.interval_blocks = 400;
  state_.solo_bucket = 3;
  EXPECT_EQ(state_.solo_offset().count, 1'008) << "as far as the ring reaches";
}

TEST_F(RoomStateTest, WhatCouldLeadAstrayIsNotUsable) {
  constexpr uint32_t kLane = 4096;
  RoomState good;
  good.generation = 7;
  good.song_number = 3;
  good.song_start = 48'000 * 960;
  good.song_end = kNoEnd;
  good.ring_blocks = 512;
  EXPECT_TRUE(RoomState{}.is_usable(kLane)) << "a free row";
  EXPECT_TRUE(good.is_usable(kLane));
  const auto refused = [&](auto change) {
    RoomState state = good;
    change(state);
    return !state.is_usable(kLane);
  };
  EXPECT_FALSE(refused([](RoomState& s) { s.ring_blocks = 0; })) << "no memory";
  EXPECT_FALSE(refused([](RoomState& s) { s.ring_blocks = kLane; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.ring_blocks = 2 * kLane; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.ring_blocks = 500; })) << "no power of two";
  EXPECT_TRUE(refused([](RoomState& s) { s.ring_blocks = UINT32_MAX; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.bucket_count = 0; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.bucket_count = kMaxBuckets + 1; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.interval_blocks = -1; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.interval_blocks = INT32_MAX; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.first_offset_blocks = INT32_MIN; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.song_start = 1; })) << "off the grid";
  EXPECT_TRUE(refused([](RoomState& s) { s.song_start = -960; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.song_start = INT64_MIN; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.song_end = s.song_start - 960; })) << "ends before it starts";
  EXPECT_TRUE(refused([](RoomState& s) { s.song_end = kNoEnd - 1; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.volume = std::numeric_limits<float>::quiet_NaN(); }));
  EXPECT_TRUE(refused([](RoomState& s) { s.volume = std::numeric_limits<float>::infinity(); }));
  EXPECT_TRUE(refused([](RoomState& s) { s.volume = -1; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.music = 1; })) << "off the grid";
  EXPECT_TRUE(refused([](RoomState& s) { s.bpm_tenths = 1'000; })) << "bars of no beats";
  const auto at_a_tempo = [&](auto change) {
    return refused([&](RoomState& s) {
      s.bpm_tenths = 1'000;
      s.beats_per_bar = 4;
      change(s);
    });
  };
  EXPECT_FALSE(at_a_tempo([](RoomState&) {}));
  EXPECT_TRUE(at_a_tempo([](RoomState& s) { s.bpm_tenths = kLeastBpmTenths - 1; }));
  EXPECT_TRUE(at_a_tempo([](RoomState& s) { s.bpm_tenths = UINT32_MAX; }));
  EXPECT_TRUE(at_a_tempo([](RoomState& s) { s.beats_per_bar = UINT32_MAX; }));
  EXPECT_TRUE(at_a_tempo([](RoomState& s) { s.count_in_beats = 25; }));
  EXPECT_TRUE(at_a_tempo([](RoomState& s) { s.round_beats = kMostRoundBeats + 1; }));
  EXPECT_TRUE(at_a_tempo([](RoomState& s) { s.round_repeats = UINT32_MAX; }));
  EXPECT_TRUE(at_a_tempo([](RoomState& s) { s.round_parts = kMaxBuckets + 1; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.leader_boost = std::numeric_limits<float>::quiet_NaN(); }));
  EXPECT_TRUE(refused([](RoomState& s) { s.leader_boost = 17; }));
  EXPECT_TRUE(refused([](RoomState& s) { s.solo_bucket = 7; })) << "of six";
  EXPECT_TRUE(refused([](RoomState& s) { s.solo_bucket = -1; }));
}

}  // namespace
}  // namespace roundelay::room_state_test
