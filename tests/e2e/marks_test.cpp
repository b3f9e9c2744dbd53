// Marks and words through real processes: a mark is fired at the same position for everybody, for each in her own time.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::marks_test {
namespace {

using nlohmann::json;

// What `sing --json` told of this event, or null.
json event_of(Process& singer, const std::string& name) {
  const std::string& output = singer.output();
  for (size_t from = 0; from < output.size();) {
    const size_t end = std::min(output.find('\n', from), output.size());
    json event = json::parse(output.substr(from, end - from), nullptr, false);
    if (event.is_object() && event.value("event", "") == name) return event;
    from = end + 1;
  }
  return nullptr;
}

TEST(MarksAndWords, TwoBucketsHearAMarkAtOnePositionEachInHerOwnTimeAndTappedTimesAreKept) {
  Server server(1, {{"default_interval_ms", 1'000}, {"lead_in_ms", 600}});
  const auto made = server.make_room();
  const std::string room = made.at("room");
  RawClient leader(server.port());
  const std::string token = leader.enter(room, "Leader", {{"key", made.at("key")}}).at("token");
  const std::string bearer = "Authorization: Bearer " + token + "\r\n";
  const std::string words = "/api/rooms/" + room + "/words";
  const HttpAnswer added = server.request("POST", words + "?title=Psalm", "One\nTwo", bearer);
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string sheet = added.json().at("sheet").at("id");

  leader.send_json({{"type", "settings"}, {"interval_ms", 1'000}});
  leader.send_json({{"type", "lead"}});
  ASSERT_TRUE(leader.receive_type("leader"));
  const auto second = server.sing(room, {"--name", "Second", "--bucket", "2", "--json"});
  const auto third = server.sing(room, {"--name", "Third", "--bucket", "3", "--json"});
  ASSERT_TRUE(wait_until([&] { return !event_of(*second, "welcome").is_null() && !event_of(*third, "welcome").is_null(); }));
  leader.send_json({{"type", "start"}});
  std::optional<json> song;
  do {
    song = leader.receive_type("song");
    ASSERT_TRUE(song);
  } while (song->at("song").at("state") != "playing");
  const int64_t music = song->at("song").at("music");
  const int64_t position = music + 24'100;
  leader.send_json({{"type", "mark"}, {"mark", {{"id", "a"}, {"position", position}, {"kind", "light"}, {"payload", "red"}}}});
  leader.send_json({{"type", "mark"}, {"mark", {{"id", "b"}, {"position", music + 48'000}, {"kind", "line"}, {"payload", "1"}}}});
  ASSERT_TRUE(wait_until([&] { return !event_of(*second, "mark").is_null(); }));
  EXPECT_TRUE(event_of(*third, "mark").is_null()) << "she hears it a second later";

  RawClient late(server.port());
  EXPECT_EQ(late.enter(room, "Late").at("plan").at("words"), sheet);
  const auto marks = late.receive_type("marks");
  ASSERT_TRUE(marks);
  EXPECT_EQ(marks->at("marks").size(), 2u);

  ASSERT_TRUE(wait_until([&] { return !event_of(*third, "mark").is_null(); }));
  for (Process* singer : {second.get(), third.get()}) {
    const json mark = event_of(*singer, "mark");
    EXPECT_EQ(mark.at("payload"), "red");
    EXPECT_EQ(mark.at("position"), position);
    EXPECT_EQ(mark.at("heard"), position - position % 960) << "with the block that holds it";
  }
  leader.send_json({{"type", "stop"}, {"now", true}});
  ASSERT_TRUE(leader.receive_type("sheets"));
  const HttpAnswer shown = server.request("GET", words + "/" + sheet, {}, bearer);
  EXPECT_EQ(shown.json().at("lines"), (json{{{"text", "One"}}, {{"text", "Two"}, {"at_ms", 1'000}}}));
  EXPECT_NE(shown.headers.find("etag: "), std::string::npos) << shown.headers;
}

TEST(MarksAndWords, MarksThatWereSetAreFiredWhereTheyAreHeardThoughTheConductorWasKilledMeanwhile) {
  Server server(1, {{"default_interval_ms", 2'000}, {"lead_in_ms", 300}});
  const auto made = server.make_room();
  const std::string room = made.at("room");
  RawClient leader(server.port());
  ASSERT_EQ(leader.enter(room, "Leader", {{"key", made.at("key")}}).value("type", ""), "welcome");
  leader.send_json({{"type", "lead"}});
  ASSERT_TRUE(leader.receive_type("leader"));
  const auto second = server.sing(room, {"--name", "Second", "--bucket", "2", "--json"});
  ASSERT_TRUE(wait_until([&] { return !event_of(*second, "welcome").is_null(); }));
  leader.send_json({{"type", "start"}});
  std::optional<json> song;
  do {
    song = leader.receive_type("song");
    ASSERT_TRUE(song);
  } while (song->at("song").at("state") != "playing");
  const int64_t position = song->at("song").at("music").get<int64_t>() + 48'000;
  leader.send_json({{"type", "mark"}, {"mark", {{"id", "a"}, {"position", position}, {"kind", "light"}, {"payload", "red"}}}});
  ASSERT_TRUE(leader.receive_type("mark"));
  ASSERT_TRUE(event_of(*second, "mark").is_null());
  const auto conductors = server.pids("conductor");
  ASSERT_EQ(conductors.size(), 1u);
  kill(conductors[0], SIGKILL);
  // Whoever comes now is told of it by the new conductor, before it is heard.
  RawClient late(server.port());
  ASSERT_EQ(late.enter(room, "Late").value("type", ""), "welcome") << server.log();
  const auto marks = late.receive_type("marks");
  ASSERT_TRUE(marks) << server.log();
  EXPECT_EQ(marks->at("marks").at(0).at("payload"), "red");
  EXPECT_NE(server.pids("conductor"), conductors);
  ASSERT_TRUE(wait_until([&] { return !event_of(*second, "mark").is_null(); })) << second->output();
  EXPECT_EQ(event_of(*second, "mark").at("heard"), position - position % 960);
  leader.send_json({{"type", "stop"}, {"now", true}});
}

}  // namespace
}  // namespace roundelay::e2e::marks_test
