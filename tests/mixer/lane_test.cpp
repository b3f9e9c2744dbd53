#include "mixer/lane.h"

#include <gtest/gtest.h>

#include <bit>

#include "test_support.h"

namespace roundelay::lane_test {
namespace {

using test_parts::block_at;
using test_parts::constant;
using test_parts::Samples;

class LaneTest : public ::testing::Test {
 protected:
  static constexpr uint32_t kRing = 8;

  // What a reader hears at `at`.
  Samples heard(Position at) {
    Samples sum{};
    people_ = reader_.add_to(sum, at, &torn_);
    return sum;
  }
  LaneBlock& block(Position at) { return blocks_[static_cast<size_t>(at.block_index()) % kRing]; }

  test_parts::SharedArray<LaneBlock> blocks_{kRing};
  LaneWriter writer_{blocks_.get(), kRing};
  LaneReader reader_{blocks_.get(), kRing};
  int people_ = -1;
  bool torn_ = true;
};

TEST_F(LaneTest, ZeroedMemoryIsSilenceEvenAtPositionZero) {
  for (const Position at : {Position{0}, block_at(0), block_at(3)}) {
    EXPECT_EQ(heard(at), constant(0));
    EXPECT_EQ(people_, 0);
    EXPECT_FALSE(torn_);
  }
}

TEST_F(LaneTest, SumsVoicesAndCountsPeople) {
  writer_.add(block_at(5), constant(0.25F), 1, 1);
  EXPECT_EQ(heard(block_at(5)), constant(0.25F));
  EXPECT_EQ(people_, 1);
  writer_.add(block_at(5), constant(0.5F), 2, 2);
  EXPECT_EQ(heard(block_at(5)), constant(1.25F));
  EXPECT_EQ(people_, 2);
  EXPECT_FALSE(torn_);
}

TEST_F(LaneTest, AddsToWhatTheSumHoldsAlready) {
  writer_.add(block_at(1), constant(0.25F), 1, 1);
  Samples sum = constant(1);
  EXPECT_EQ(reader_.add_to(sum, block_at(1)), 1);
  EXPECT_EQ(sum, constant(1.25F));
  EXPECT_EQ(reader_.add_to(sum, block_at(2)), 0);
  EXPECT_EQ(sum, constant(1.25F));
}

TEST_F(LaneTest, RampsTheGainOfAVoice) {
  writer_.add(block_at(1), constant(1), 0, 1);
  writer_.add(block_at(1), constant(1), 1, 0);
  for (const float x : heard(block_at(1))) ASSERT_NEAR(x, 1.0F, 1e-6);
  writer_.add(block_at(2), constant(1), 0.5F, 0.25F);
  const Samples ramp = heard(block_at(2));
  EXPECT_NEAR(ramp.front(), 0.5, 0.001);
  EXPECT_EQ(ramp.back(), 0.25F);
}

TEST_F(LaneTest, WhatDiesAwayIsHeardButIsNobody) {
  writer_.add(block_at(4), constant(0.25F), 1, 1, 0);
  EXPECT_EQ(heard(block_at(4)), constant(0.25F));
  EXPECT_EQ(people_, 0);
  writer_.add(block_at(4), constant(0.25F), 1, 1);
  EXPECT_EQ(heard(block_at(4)), constant(0.5F));
  EXPECT_EQ(people_, 1);
}

TEST_F(LaneTest, StaleBlocksAreSilenceAndTheFirstAdditionOverwrites) {
  writer_.add(block_at(1), constant(0.25F), 1, 1);
  writer_.add(block_at(1), constant(0.25F), 1, 1);
  EXPECT_EQ(heard(block_at(1 + kRing)), constant(0));
  EXPECT_EQ(people_, 0);
  writer_.add(block_at(1 + kRing), constant(0.125F), 1, 1);
  EXPECT_EQ(heard(block_at(1 + kRing)), constant(0.125F));
  EXPECT_EQ(people_, 1);
  EXPECT_EQ(heard(block_at(1)), constant(0));
  EXPECT_EQ(people_, 0);
}

TEST_F(LaneTest, NeighboursDoNotTouchEachOther) {
  for (int i = 0; i < 8; ++i) writer_.add(block_at(i), constant(static_cast<float>(i)), 1, 1);
  for (int i = 0; i < 8; ++i) EXPECT_EQ(heard(block_at(i)), constant(static_cast<float>(i)));
}

TEST_F(LaneTest, ABlockLeftHalfWrittenIsSilenceAndReportedTorn) {
  writer_.add(block_at(2), constant(0.25F), 1, 1);
  block(block_at(2)).sequence.fetch_add(1);  // as a writer killed in the middle leaves it
  EXPECT_EQ(heard(block_at(2)), constant(0));
  EXPECT_EQ(people_, 0);
  EXPECT_TRUE(torn_);
  // At other positions of the same place in the ring it is just stale.
  EXPECT_EQ(heard(block_at(2 + kRing)), constant(0));
  EXPECT_FALSE(torn_);
}

TEST_F(LaneTest, TheNextWriterStartsAHalfWrittenBlockAnew) {
  writer_.add(block_at(2), constant(0.25F), 1, 1);
  const uint64_t broken = block(block_at(2)).sequence.fetch_add(1) + 1;
  LaneWriter next(blocks_.get(), kRing);
  next.add(block_at(2), constant(0.5F), 1, 1);
  EXPECT_EQ(heard(block_at(2)), constant(0.5F));
  EXPECT_EQ(people_, 1);
  EXPECT_FALSE(torn_);
  EXPECT_GT(block(block_at(2)).sequence.load(), broken);
  next.add(block_at(2), constant(0.5F), 1, 1);
  EXPECT_EQ(heard(block_at(2)), constant(1));
  EXPECT_EQ(people_, 2);
}

TEST_F(LaneTest, BoundsTheCountThatAForeignProcessLeft) {
  writer_.add(block_at(2), constant(0.25F), 1, 1);
  block(block_at(2)).people.store(UINT32_MAX);
  heard(block_at(2));
  EXPECT_GT(people_, 0);
  EXPECT_LE(people_, INT32_MAX / kMaxShards);
}

TEST_F(LaneTest, AddingIsAssociativeOverLanes) {
  test_parts::SharedArray<LaneBlock> other(kRing);
  LaneWriter(other.get(), kRing).add(block_at(3), constant(0.5F), 1, 1);
  writer_.add(block_at(3), constant(0.25F), 1, 1);
  writer_.add(block_at(3), constant(0.125F), 1, 1);
  Samples sum{};
  int people = 0;
  for (const LaneReader& lane : {reader_, LaneReader(other.get(), kRing)}) people += lane.add_to(sum, block_at(3));
  EXPECT_EQ(sum, constant(0.875F));
  EXPECT_EQ(people, 3);
}

TEST_F(LaneTest, KnowsWhetherThereIsALane) {
  EXPECT_TRUE(writer_);
  EXPECT_FALSE(LaneWriter());
}

#ifndef NDEBUG
using LaneDeathTest = LaneTest;

TEST_F(LaneDeathTest, PositionsOffTheGridAbort) {
  const Position off{block_at(1).samples + 1};
  EXPECT_DEATH(writer_.add(off, constant(1), 1, 1), "on_grid");
  EXPECT_DEATH(heard(off), "on_grid");
}

TEST_F(LaneDeathTest, ARingThatIsNoPowerOfTwoAborts) {
  EXPECT_DEATH(LaneWriter(blocks_.get(), 6).add(block_at(1), constant(1), 1, 1), "single_bit");
}
#endif

}  // namespace
}  // namespace roundelay::lane_test
