#include "server/program/operator_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace roundelay::operator_text_test {
namespace {

using nlohmann::json;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const json kStatus{
    {"version", "1.2"},
    {"uptime_s", 7'500},
    {"counts",
     {{"rooms", 1},
      {"people", 5},
      {"singers", 4},
      {"songs", 1},
      {"songs_recorded", 0},
      {"loops_measured", 4},
      {"loop_median_ms", 180},
      {"loop_worst_tenth_ms", 240},
      {"loop_worst_ms", 410},
      {"disk_bytes", 50'000'000'000},
      {"disk_left_bytes", 12'340'000'000}}},
    {"store", {{"failing", false}, {"waiting", 0}}},
    {"shared_memory", {{"used_bytes", 8'000'000}, {"left_bytes", nullptr}}},
    {"shards",
     {{{"index", 0}, {"state", "well"}, {"starts", 1}, {"singers", 4}, {"capacity", 600}, {"load", 0.123}, {"strain", 0}},
      {{"index", 1}, {"state", "away"}, {"starts", 3}, {"singers", 0}, {"capacity", 0}, {"load", 0.0}, {"strain", 2}}}},
    {"rooms",
     {{{"room", "ydt8ksnxem"},
       {"name", "Zoë's choir"},
       {"people", 5},
       {"singers", 4},
       {"interval_ms", 300},
       {"loop_ms", 410},
       {"song", {{"seconds", 151.4}, {"recorded", true}, {"title", "Dona nobis"}}}}}}};

TEST(OperatorText, StatusSaysWhatIsGoingOn) {
  const std::string text = status_text(kStatus);
  for (const char* part : {"Roundelay 1.2, up 2 h 5 min", "1 room in use, 5 people, 4 of them sing; 1 song, 0 recordings",
                           "half of the singers up to 180 ms", "the slowest 410 ms", "12.3 GB left of 50.0 GB", "4 of 600  12 %",
                           "away", "2:31 recorded", "Zoë's choir"})
    EXPECT_TRUE(has(text, part)) << part << " in\n" << text;
  EXPECT_FALSE(has(text, "DATABASE"));
  json failing = kStatus;
  failing["store"] = {{"failing", true}, {"waiting", 12}};
  EXPECT_TRUE(has(status_text(failing), "THE DATABASE TAKES NO CHANGES: 12 wait"));
}

TEST(OperatorText, RoomsSayWhenTheyWereUsed) {
  const json rooms{{{"room", "a"}, {"name", "Old"}, {"in_use", false}, {"last_used", 1'000}},
                   {{"room", "b"}, {"name", "New"}, {"in_use", true}, {"people", 3}, {"last_used", 1'000}}};
  const std::string text = rooms_text(rooms, 1'000 + 3 * 86'400);
  EXPECT_TRUE(has(text, "3 days ago  Old")) << text;
  EXPECT_TRUE(has(text, "now")) << text;
  EXPECT_EQ(rooms_text(json::array(), 0), "There are no rooms.\n");
}

TEST(OperatorText, ARoomSaysWhoIsThere) {
  const std::string text =
      room_text({{"room", "a"},
                 {"name", "Choir"},
                 {"in_use", true},
                 {"password", true},
                 {"locked", true},
                 {"tracks", 1},
                 {"scores", 0},
                 {"recordings", 2},
                 {"interval_ms", 200},
                 {"present",
                  {{{"name", "Anna"}, {"role", "singer"}, {"group", 1}, {"connected", true}, {"leader", true}},
                   {{"name", "Berta"}, {"role", "listener"}, {"group", 6}, {"connected", false}}}}});
  for (const char* part : {"Choir (a)", "closed to newcomers, with a password", "1 track, 0 scores, 2 recordings", "Anna   1",
                           "leader", "Berta  listens", "connection lost"})
    EXPECT_TRUE(has(text, part)) << part << " in\n" << text;
}

TEST(OperatorText, ALinkHasThePathUnderWhichThePageIsOnce) {
  EXPECT_EQ(link_text("https://sing.example", "/r/abc#organise=k"), "https://sing.example/r/abc#organise=k");
  EXPECT_EQ(link_text("https://sing.example/", "/r/abc#organise=k"), "https://sing.example/r/abc#organise=k");
  for (const char* begin : {"https://sing.example", "https://sing.example/sing", "https://sing.example/sing/"})
    EXPECT_EQ(link_text(begin, "/sing/r/abc#organise=k"), "https://sing.example/sing/r/abc#organise=k") << begin;
}

TEST(OperatorText, ColumnsStandUnderOneAnotherWhateverTheLetters) {
  EXPECT_EQ(table({{"a", "b"}, {"Zoë", "x"}, {"Zoe", "y"}}), "a    b\nZoë  x\nZoe  y\n");
}

TEST(OperatorText, NothingThatMovesTheCursorIsShownAndNothingIsThrownOver) {
  const std::string text = room_text({{"room", "a"}, {"name", "\x1b[2Jgone\n"}});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_TRUE(has(text, "?[2Jgone?")) << text;
  for (const json& strange : {json(), json(7), json::array({1, "a", json()}), json{{"rooms", 7}, {"shards", "x"}, {"counts", {}}},
                              json{{"rooms", {1, 2}}, {"shards", {json()}}, {"present", {7}}, {"in_use", true}}}) {
    EXPECT_NO_THROW((void)status_text(strange)) << strange;
    EXPECT_NO_THROW((void)rooms_text(strange, 1)) << strange;
    EXPECT_NO_THROW((void)room_text(strange)) << strange;
  }
}

}  // namespace
}  // namespace roundelay::operator_text_test
