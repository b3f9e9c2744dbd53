#include "server/program/service_watch.h"

#include <gtest/gtest.h>

namespace roundelay::service_watch_test {
namespace {

constexpr int64_t kS = 1'000'000'000;

TEST(ServiceWatch, AnswersTwiceAsOftenAsIsWanted) {
  ServiceWatch watch(30 * kS);
  watch.begin(100 * kS);
  EXPECT_TRUE(watch.look("", 100 * kS));
  EXPECT_FALSE(watch.look("", 114 * kS));
  EXPECT_TRUE(watch.look("", 115 * kS));
  EXPECT_FALSE(watch.look("", 116 * kS));
}

TEST(ServiceWatch, AnswersNobodyWhoDoesNotAsk) {
  ServiceWatch watch(std::nullopt);
  watch.begin(0);
  EXPECT_FALSE(watch.look("", 1'000 * kS));
}

TEST(ServiceWatch, IsPatientWithAChildThatIsStartedAgainAndNotForever) {
  ServiceWatch watch(10 * kS);
  watch.begin(0);
  EXPECT_TRUE(watch.look("", 5 * kS));
  EXPECT_TRUE(watch.look("shard 0", 10 * kS));
  EXPECT_TRUE(watch.look("shard 0", 65 * kS));
  EXPECT_FALSE(watch.look("shard 0", 70 * kS));
  EXPECT_TRUE(watch.look("", 71 * kS)) << "it has come back after all";
}

TEST(ServiceWatch, SaysEachChangeOnce) {
  ServiceWatch watch(std::nullopt);
  EXPECT_EQ(watch.news(""), "All processes are well.");
  EXPECT_EQ(watch.news(""), std::nullopt);
  EXPECT_EQ(watch.news("shard 1"), "Being started again: shard 1.");
  EXPECT_EQ(watch.news("shard 1"), std::nullopt);
  EXPECT_EQ(watch.news(""), "All processes are well.");
  EXPECT_EQ(watch.news("", "the song library"), "All processes are well, but without the song library.");
  EXPECT_EQ(watch.news("shard 1", "the song library"), "Being started again: shard 1, but without the song library.");
  EXPECT_EQ(watch.news("shard 1", "the song library"), std::nullopt);
}

}  // namespace
}  // namespace roundelay::service_watch_test
