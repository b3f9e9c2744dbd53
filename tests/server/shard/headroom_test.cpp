#include "server/shard/headroom.h"

#include <gtest/gtest.h>

namespace roundelay::headroom_test {
namespace {

Headroom::Second busy(double load) {
  return {.load = load, .late_ticks = 0, .singers = 100, .voice_us = 20, .message_us = 4, .messages_out = 0};
}

TEST(Headroom, BeginsWithTheBestQualityAndShedsNothing) {
  Headroom headroom({});
  for (int i = 0; i < 100; ++i) headroom.take(busy(0.3));
  EXPECT_EQ(headroom.complexity(), 10);
  EXPECT_EQ(headroom.strain(), 0);
}

TEST(Headroom, ShedsQualityThenMetersThenListenersBatching) {
  Headroom headroom({});
  int last_strain = 0;
  for (int i = 0; i < 10; ++i) {
    headroom.take(busy(0.95));
    EXPECT_LE(headroom.strain(), last_strain + 1) << "one step after the other";
    last_strain = headroom.strain();
    if (headroom.strain() >= 2) {
      EXPECT_EQ(headroom.complexity(), 0) << "quality goes before all else";
    }
  }
  EXPECT_EQ(headroom.strain(), 3);
}

TEST(Headroom, LateTicksCountAsStrainWhateverTheLoad) {
  Headroom headroom({});
  Headroom::Second second = busy(0.2);
  second.late_ticks = 0.1;
  headroom.take(second);
  EXPECT_LT(headroom.complexity(), 10);
  EXPECT_EQ(headroom.strain(), 1);
}

TEST(Headroom, GivesBackWhatItShedOnceThereIsRoomAgain) {
  Headroom headroom({});
  for (int i = 0; i < 10; ++i) headroom.take(busy(0.95));
  for (int i = 0; i < 5; ++i) headroom.take(busy(0.5));
  EXPECT_EQ(headroom.strain(), 3) << "0.5 is neither tight nor roomy: no wavering";
  for (int i = 0; i < 40; ++i) headroom.take(busy(0.2));
  EXPECT_EQ(headroom.strain(), 0);
  EXPECT_EQ(headroom.complexity(), 10);
}

TEST(Headroom, AShardThatHasMeasuredNothingYetTakesSingers) {
  EXPECT_GT(Headroom({}).capacity(), 300);
}

TEST(Headroom, CapacityFollowsFromWhatVoicesAndMessagesCost) {
  Headroom headroom({});
  for (int i = 0; i < 100; ++i) headroom.take(busy(0.14));
  // 50 blocks x (20 + 2 x 4) us = 1.4 ms a second: 0.8 of a core holds 571.
  EXPECT_NEAR(headroom.singer_cost(), 0.0014, 1e-6);
  EXPECT_NEAR(headroom.capacity(), 571, 1);
}

TEST(Headroom, SingersWhoDoNotSingAtTheMomentTakeTheirPlace) {
  Headroom headroom({});
  for (int i = 0; i < 100; ++i) headroom.take(busy(0.01));
  EXPECT_NEAR(headroom.capacity(), 571, 1) << "between songs as within them";
}

TEST(Headroom, ListenersTakeTheirShare) {
  Headroom headroom({});
  Headroom::Second second = busy(0.14 + 0.4);
  second.messages_out = 100'000;  // x 4 us = 0.4
  for (int i = 0; i < 100; ++i) headroom.take(second);
  EXPECT_NEAR(headroom.capacity(), 100 + 0.26 / 0.0014, 1);
}

TEST(Headroom, AFullShardHasNoRoomForOneMore) {
  Headroom headroom({});
  for (int i = 0; i < 5; ++i) headroom.take(busy(0.85));
  EXPECT_LE(headroom.capacity(), 100);
}

TEST(Headroom, ShardsThatShareACoreShareItsRoom) {
  Headroom alone({});
  Headroom one_of_four({.core_share = 0.25});
  for (int i = 0; i < 100; ++i) {
    alone.take(busy(0.14));
    one_of_four.take(busy(0.14));
  }
  EXPECT_NEAR(one_of_four.capacity(), alone.capacity() / 4, 1);
}

}  // namespace
}  // namespace roundelay::headroom_test
