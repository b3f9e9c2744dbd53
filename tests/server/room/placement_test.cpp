#include "server/room/placement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace roundelay::placement_test {
namespace {

constexpr int kBuckets = 6;

// As offsets in seconds: bucket k lies 3 k s behind.
std::vector<int> offsets(int followers) {
  std::vector<int> out;
  for (const int bucket : follower_buckets(followers, kBuckets)) out.push_back(3 * bucket);
  std::sort(out.begin(), out.end());
  return out;
}

// Who stand nowhere yet.
std::vector<Follower> equals(size_t count) {
  return std::vector<Follower>(count);
}

RandomBelow seeded(unsigned seed) {
  return [random = std::mt19937(seed)](uint32_t below) mutable {
    return std::uniform_int_distribution<uint32_t>(0, below - 1)(random);
  };
}

TEST(Placement, FollowersAreDealtAsTheReferenceDealsThem) {
  EXPECT_EQ(offsets(0), std::vector<int>{});
  EXPECT_EQ(offsets(1), (std::vector{6}));
  EXPECT_EQ(offsets(2), (std::vector{6, 9}));
  EXPECT_EQ(offsets(5), (std::vector{6, 9, 12, 15, 18}));
  EXPECT_EQ(offsets(6), (std::vector{6, 9, 12, 15, 18, 18}));
  EXPECT_EQ(offsets(7), (std::vector{6, 9, 12, 15, 15, 18, 18}));
}

TEST(Placement, LastPositionIsTheReferences) {
  const int expected[] = {9, 9, 12, 15, 18, 18, 18};
  for (int followers = 0; followers < 7; ++followers)
    EXPECT_EQ(3 * last_position(followers, kBuckets), expected[followers]) << followers;
}

TEST(Placement, SmallRoomsKeepInsideTheirBuckets) {
  EXPECT_EQ(follower_buckets(3, 2), (std::vector{2, 2, 2}));
  EXPECT_EQ(last_position(0, 2), 2);
  EXPECT_EQ(last_position(9, 2), 2);
}

TEST(Placement, DealGivesEveryBucketItsShareInRandomOrder) {
  std::vector<int> expected = follower_buckets(23, kBuckets);
  std::sort(expected.begin(), expected.end());
  const std::vector<int> one = deal(equals(23), kBuckets, seeded(1));
  const std::vector<int> other = deal(equals(23), kBuckets, seeded(2));
  EXPECT_NE(one, other);
  for (std::vector<int> dealt : {one, other}) {
    std::sort(dealt.begin(), dealt.end());
    EXPECT_EQ(dealt, expected);
  }
}

TEST(Placement, EveryFollowerComesIntoEveryBucket) {
  const RandomBelow random = seeded(3);
  int first_in[kBuckets + 1] = {};
  for (int i = 0; i < 5000; ++i) ++first_in[deal(equals(5), kBuckets, random).front()];
  for (int bucket = 2; bucket <= kBuckets; ++bucket) EXPECT_NEAR(first_in[bucket], 1000, 150) << bucket;
}

TEST(Placement, SlowSingersAreDealtLateAndEveryBucketKeepsItsShare) {
  const RandomBelow random = seeded(4);
  std::vector<Follower> followers;
  for (const int speed_class : {2, 9, 2, 4, 2, 2, 9}) followers.push_back({speed_class, 0});
  bool shuffled = false;
  std::vector<int> first;
  for (int i = 0; i < 50; ++i) {
    const std::vector<int> dealt = deal(followers, kBuckets, random);
    EXPECT_EQ(dealt[1], 6);
    EXPECT_EQ(dealt[6], 6);
    EXPECT_EQ(dealt[3], 5) << "the next slowest";
    std::vector<int> sorted = dealt;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(sorted, (std::vector{2, 3, 4, 5, 5, 6, 6}));
    if (first.empty()) first = dealt;
    shuffled = shuffled || dealt != first;
  }
  EXPECT_TRUE(shuffled) << "equals stay in no order";
}

TEST(Placement, WhoeverStandsWhereSheMayStayIsNotMoved) {
  const std::vector<Follower> standing{{0, 5}, {0, 2}, {0, 1}, {0, 3}};
  EXPECT_EQ(deal(standing, kBuckets, seeded(5)), (std::vector{5, 2, 4, 3})) << "only who led goes to the gap";
  const std::vector<Follower> slower{{0, 2}, {3, 3}, {0, 4}};
  EXPECT_EQ(deal(slower, kBuckets, seeded(6)), (std::vector{2, 4, 3})) << "the slower one goes behind";
}

TEST(Placement, OfManyInOneBucketSomeStayAndWhichIsChance) {
  const RandomBelow random = seeded(7);
  int first_stays = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::vector<int> dealt = deal(std::vector<Follower>(5, {0, 4}), kBuckets, random);
    std::vector<int> sorted = dealt;
    std::sort(sorted.begin(), sorted.end());
    ASSERT_EQ(sorted, (std::vector{2, 3, 4, 5, 6}));
    first_stays += dealt[0] == 4 ? 1 : 0;
  }
  EXPECT_NEAR(first_stays, 200, 60);
}

TEST(Placement, LateSingersContinueTheDealing) {
  std::vector<int> singers(kBuckets, 0);
  std::vector<int> given;
  for (int i = 0; i < 12; ++i) {
    given.push_back(late_singer_bucket(singers));
    ++singers[static_cast<size_t>(given.back() - 1)];
  }
  EXPECT_EQ(given, (std::vector{2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 6, 5}));
}

TEST(Placement, LateSingerFillsTheGapThatSomebodyLeft) {
  EXPECT_EQ(late_singer_bucket(std::vector{0, 1, 0, 1, 1, 1}), 3);
  EXPECT_EQ(late_singer_bucket(std::vector{4, 2, 2, 1, 2, 2}), 4);
}

}  // namespace
}  // namespace roundelay::placement_test
