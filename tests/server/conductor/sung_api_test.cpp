// What was sung in a room, through the control link, the store and a restart.
#include <fstream>

#include "server/conductor/calendar_watch.h"
#include "server/store/store.h"
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::sung_api_test {
namespace {

using nlohmann::json;

class WhatWasSung : public ConductorTest {
 protected:
  static json ask(ScriptedShard& shard, const std::string& room, const json& token, const json& more = json::object()) {
    json message = {{"op", "sung"}, {"request", 9}, {"room", room}, {"token", token}, {"address", "127.0.0.1"}};
    message.update(more);
    shard.say(message);
    return shard.next("reply", [](const json& o) { return o["request"] == 9; });
  }
  // With a track that came from the library.
  Made room_with_a_track() {
    start();
    Made made;
    {
      const auto one = shard(0);
      made = make_room(*one);
    }
    stop();
    Store store(config_.database());
    EXPECT_TRUE(store.add_track(made.room,
                                {"t1",
                                 "Dona",
                                 60,
                                 1,
                                 -16,
                                 std::string(64, 'a'),
                                 1,
                                 {.artist = "Traditional", .licence = "CC0-1.0", .link = "https://a.example"},
                                 7},
                                1));
    return made;
  }
};

TEST_F(WhatWasSung, IsToldToWhoIsInTheRoomAlsoAfterARestartUntilTheRoomIsDeleted) {
  const Made made = room_with_a_track();
  start();
  auto one = shard(0);
  const json organiser = join(*one, 1, made.room, "Org", {{"key", made.key}})["token"];
  EXPECT_EQ(ask(*one, made.room, organiser)["body"], (json{{"name", "Choir"}, {"sung", json::array()}, {"more", false}}));
  one->client(1, {{"type", "lead"}});
  one->client(1, {{"type", "track"}, {"track", "t1"}});
  one->client(1, {{"type", "start"}, {"id", 1}});
  (void)one->sent(1, "done");
  const json late = join(*one, 2, made.room, "Late")["token"];
  const json told = ask(*one, made.room, late)["body"]["sung"];
  ASSERT_EQ(told.size(), 1u) << told;
  EXPECT_EQ(told[0]["song"], 1);
  EXPECT_EQ(told[0]["title"], "Dona");
  EXPECT_EQ(told[0]["library_song"], 7);
  EXPECT_EQ(told[0]["credits"], (json{{"artist", "Traditional"}, {"licence", "CC0-1.0"}, {"link", "https://a.example"}}));
  const int64_t at = told[0]["at"];
  EXPECT_NEAR(static_cast<double>(at), static_cast<double>(std::time(nullptr)) * 1e3, 60e3);
  EXPECT_EQ(ask(*one, made.room, late, {{"since_ms", at}, {"until_ms", at + 1}})["body"]["sung"], told);
  EXPECT_TRUE(ask(*one, made.room, late, {{"since_ms", at + 1}})["body"]["sung"].empty());
  EXPECT_TRUE(ask(*one, made.room, late, {{"until_ms", at}})["body"]["sung"].empty());
  const json stranger = ask(*one, made.room, "nobody's");
  EXPECT_EQ(stranger["status"], 401);
  EXPECT_EQ(stranger["body"]["error"]["sentence"], "sung_is_for_people_inside");
  const Made other = make_room(*one);
  const json elsewhere = join(*one, 3, other.room, "Other")["token"];
  EXPECT_EQ(ask(*one, made.room, elsewhere)["status"], 401);
  EXPECT_TRUE(ask(*one, other.room, elsewhere)["body"]["sung"].empty());

  one.reset();
  stop();
  start();
  one = shard(0);
  (void)join(*one, 1, made.room, "Org", {{"key", made.key}, {"token", organiser}});
  EXPECT_EQ(ask(*one, made.room, organiser)["body"]["sung"], told);
  one->client(1, {{"type", "stop"}, {"now", true}, {"id", 2}});
  (void)one->sent(1, "done");
  EXPECT_TRUE(ask(*one, made.room, organiser)["body"]["sung"].empty()) << "it was stopped at once";
}

TEST_F(WhatWasSung, HasTheLatestOfManyAndSaysThatThereAreMore) {
  const Made made = room_with_a_track();
  const int64_t now_ms = static_cast<int64_t>(std::time(nullptr)) * 1'000;
  {
    Store store(config_.database());
    for (uint32_t song = 1; song <= 501; ++song) store.save_sung(made.room, {song, now_ms - 10'000 + song, "Dona", {}});
    store.save_sung(made.room, {900, now_ms - int64_t{86'400'000} * 2, "Two days ago", {}});
    store.save_sung(made.room, {901, now_ms - int64_t{86'400'000} * 401, "More than a year ago", {}});
    ASSERT_TRUE(store.flush());
  }
  std::ofstream(config_.data_dir + "/calendar") << CalendarWatch::text({now_ms / 1'000, 0});
  start();
  const auto one = shard(0);
  const json token = join(*one, 1, made.room, "Org", {{"key", made.key}})["token"];
  const json body = ask(*one, made.room, token)["body"];
  EXPECT_EQ(body["sung"].size(), 500u);
  EXPECT_EQ(body["sung"][0]["song"], 2) << "the first of the latest";
  EXPECT_FALSE(body["sung"][0].contains("library_song")) << "it is none of the library";
  EXPECT_EQ(body["more"], true);
  const json before = ask(*one, made.room, token, {{"since_ms", 0}, {"until_ms", now_ms - 86'400'000}})["body"];
  ASSERT_EQ(before["sung"].size(), 1u) << "what is older than a year is forgotten";
  EXPECT_EQ(before["sung"][0]["title"], "Two days ago");
}

}  // namespace
}  // namespace roundelay::sung_api_test
