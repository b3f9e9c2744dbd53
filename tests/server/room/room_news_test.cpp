#include "server/room/room_news.h"

#include <gtest/gtest.h>

#include "server/wire/control/people.h"

namespace roundelay::room_news_test {
namespace {

using nlohmann::json;

constexpr int64_t kNow = 1'000'000'000'000;

json came(const std::string& id, int bucket = 2) {
  return {{"type", "person"}, {"person", {{"id", id}, {"bucket", bucket}}}};
}
json left(const std::string& id) {
  return {{"type", "gone"}, {"id", id}};
}

TEST(RoomNews, OnlyChangesOfPeopleWait) {
  EXPECT_TRUE(RoomNews::may_wait(came("1")));
  EXPECT_TRUE(RoomNews::may_wait(left("1")));
  EXPECT_FALSE(RoomNews::may_wait({{"type", "song"}}));
}

TEST(RoomNews, OneChangeIsToldAsItIs) {
  RoomNews news;
  EXPECT_TRUE(news.take(kNow).empty());
  news.add(came("1"));
  EXPECT_EQ(news.take(kNow), std::vector{came("1")});
  news.add(left("1"));
  EXPECT_EQ(news.take(kNow), std::vector{left("1")});
  EXPECT_TRUE(news.take(kNow).empty());
}

TEST(RoomNews, SeveralAreToldTogetherAndTheLastOfEachCounts) {
  RoomNews news;
  news.add(came("1"));
  news.add(came("2", 3));
  news.add(came("3"));
  news.add(left("3"));
  news.add(came("2", 5));
  const auto told = news.take(kNow);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]["type"], "people");
  EXPECT_EQ(told[0]["people"], json::array({came("1")["person"], came("2", 5)["person"]}));
  EXPECT_EQ(told[0]["gone"], json::array({"3"}));
}

TEST(RoomNews, ManyComeInSeveralMessages) {
  RoomNews news;
  for (size_t i = 0; i < 2 * control::People::kMost + 1; ++i) news.add(came(std::to_string(i)));
  const auto told = news.take(kNow);
  ASSERT_EQ(told.size(), 3u);
  EXPECT_EQ(told[0]["people"].size(), control::People::kMost);
  EXPECT_EQ(told[2]["people"].size(), 1u);
}

TEST(RoomNews, FirstIsDueAtOnceAndTheNextALittleLater) {
  RoomNews news;
  EXPECT_FALSE(news.due(kNow));
  news.add(came("1"));
  EXPECT_TRUE(news.due(kNow));
  EXPECT_EQ(news.take(kNow).size(), 1u);
  news.add(came("2"));
  EXPECT_FALSE(news.due(kNow + RoomNews::kEveryNs - 1));
  EXPECT_TRUE(news.due(kNow + RoomNews::kEveryNs));
}

}  // namespace
}  // namespace roundelay::room_news_test
