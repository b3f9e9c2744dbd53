// The sample session of PROTOCOL.md, said to a real server: every line of it is what the server says.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>

#include "server/wire/sound/mix_message.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::protocol_session_test {
namespace {

using nlohmann::json;

constexpr int64_t kIntoTheSong = 24'000;  // samples: what "(mix)" stands for
constexpr double kLeastPosition = 1e9;    // smaller numbers mean something else

struct Line {
  std::string who;
  bool client = false;  // she says it; otherwise the server says it to her
  std::string text;
};

// The lines "Anna> ..." and "Anna< ..." of the document's last block of code.
std::vector<Line> documented_session() {
  std::ifstream file(ROUNDELAY_PROTOCOL);
  std::vector<Line> lines;
  bool in_block = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      in_block = !in_block;
      if (in_block) lines.clear();
      continue;
    }
    const size_t sign = line.find_first_of("<>");
    if (in_block && sign != std::string::npos) lines.push_back({line.substr(0, sign), line[sign] == '>', line.substr(sign + 2)});
  }
  return lines;
}

// What differs from one session to the next, made equal: people by the order in which they were first spoken of, positions, the
// token, the room's id.
class Plain {
 public:
  json operator()(json message) {
    if (message.contains("people")) {
      auto& people = message["people"].get_ref<json::array_t&>();
      std::sort(people.begin(), people.end(), [](const json& a, const json& b) { return a.at("name") < b.at("name"); });
    }
    if (message.contains("token")) message["token"] = "token";
    if (message.contains("room")) message["room"]["id"] = "room";
    walk(message);
    return message;
  }

 private:
  void walk(json& value) {
    if (value.is_structured()) {
      for (json& part : value) walk(part);
    } else if (value.is_number() && value.get<double>() > kLeastPosition) {
      value = "position";
    } else if (value.is_string()) {
      const auto& text = value.get_ref<const std::string&>();
      if (text.size() < 10 || text.find_first_not_of("0123456789") != std::string::npos) return;
      value = "person " + std::to_string(people_.try_emplace(text, people_.size()).first->second);
    }
  }
  std::map<std::string, size_t> people_;
};

TEST(Protocol, TheSampleSessionIsWhatTheServerSays) {
  const std::vector<Line> session = documented_session();
  ASSERT_GT(session.size(), 30U);
  const Server server(1);
  const std::string room = server.make_room({{"name", "Monday choir"}}).at("room");
  std::map<std::string, std::unique_ptr<RawClient>> clients;
  int64_t song_start = 0;
  Plain written;
  Plain heard;
  for (const Line& line : session) {
    auto& client = clients[line.who];
    if (!client) client = std::make_unique<RawClient>(server.port());
    SCOPED_TRACE(line.who + (line.client ? "> " : "< ") + line.text);
    if (line.client) {
      json message = json::parse(line.text);
      if (message.contains("room")) message["room"] = room;
      client->send_json(message);
      continue;
    }
    if (line.text.starts_with("(closed ")) {
      EXPECT_EQ(client->receive_close(), std::stoi(line.text.substr(8)));
      continue;
    }
    const bool mix = line.text == "(mix)";
    json came;
    while (const auto message = client->receive()) {
      if (message->opcode == 2 && mix) {
        const auto heard_mix = wire::parse_mix(message->bytes);
        if (heard_mix && heard_mix->song != 0 && heard_mix->position.samples >= song_start + kIntoTheSong) break;
      }
      if (message->opcode != 1) continue;
      came = message->json();
      // Of loop times it is told when there are any: not a part of the session.
      if (came.at("type") != "loop" && came.at("type") != "loops") break;
    }
    if (mix) {
      EXPECT_TRUE(came.is_null()) << came;
    } else {
      ASSERT_FALSE(came.is_null()) << "nothing came";
      if (came.at("type") == "song") song_start = came.at("song").at("start");
      ASSERT_EQ(heard(came), written(json::parse(line.text))) << came;
    }
  }
}

TEST(Protocol, ErrorsBearTheNumberOfTheirMessageAndAPingNeedsOne) {
  const Server server(1);
  RawClient client(server.port());
  client.send_json({{"type", "lead"}, {"id", 5}});
  EXPECT_EQ(client.receive_type("error")->at("id"), 5) << "before hello";
  client.send_json({{"type", "ping"}});
  const auto error = client.receive_type("error");
  EXPECT_EQ(error->at("code"), "bad_message");
  EXPECT_EQ(error->at("about"), "ping");
  client.send_json({{"type", "ping"}, {"id", 6}});
  EXPECT_EQ(client.receive_type("pong")->at("id"), 6);
  const json welcome = client.enter(server.make_room().at("room"), "Anna", {{"id", 7}});
  EXPECT_EQ(welcome.at("id"), 7);
  client.send_json({{"type", "settings"}, {"interval_ms", nullptr}, {"id", 8}});
  const auto refused = client.receive_type("error");
  EXPECT_EQ(refused->at("code"), "not_allowed");
  EXPECT_EQ(refused->at("id"), 8);
  client.send_json({{"type", "lead"}});
  client.send_json({{"type", "settings"}, {"interval_ms", nullptr}, {"id", 9}});
  EXPECT_EQ(client.receive_type("error")->at("code"), "bad_setting");
}

TEST(Protocol, SongNumbersAndTheLeaderGoOnWhenTheWholeServerWasKilled) {
  Server server(1);
  const std::string room = server.make_room().at("room");
  std::string token;
  std::string me;
  for (int number = 1; number <= 3; ++number) {
    RawClient client(server.port());
    const json welcome = client.enter(room, "Anna", token.empty() ? json::object() : json{{"token", token}});
    ASSERT_EQ(welcome.value("type", ""), "welcome") << welcome;
    EXPECT_EQ(welcome.at("song").at("number"), number - 1);
    EXPECT_EQ(welcome.at("song").at("state"), "none");
    if (number == 1) {
      me = welcome.at("you").at("id");
      client.send_json({{"type", "lead"}});
    } else {
      EXPECT_EQ(welcome.at("leader"), me);
    }
    token = welcome.at("token");
    client.send_json({{"type", "start"}, {"id", 1}});
    const auto done = client.receive_type("done");
    ASSERT_TRUE(done) << server.log();
    EXPECT_EQ(done->at("number"), number);
    const auto children = children_of(server.process().pid());
    server.process().signal(SIGKILL);
    for (const pid_t child : children) kill(child, SIGKILL);
    (void)server.process().wait();
    if (number < 3) server.start();
  }
}

TEST(Protocol, ASongGoesOnUnderItsNumberAndLeaderWhenTheConductorIsKilled) {
  Server server(1);
  RawClient client(server.port());
  const json welcome = client.enter(server.make_room().at("room"), "Anna");
  client.send_json({{"type", "lead"}});
  client.send_json({{"type", "start"}, {"id", 1}});
  const auto before = client.receive_type("done");
  ASSERT_TRUE(before);
  kill(server.pids("conductor").at(0), SIGKILL);
  client.send_json({{"type", "start"}, {"id", 2}});
  const auto after = client.receive_type("done");
  ASSERT_TRUE(after) << server.log();
  EXPECT_EQ(after->at("number"), before->at("number"));
  EXPECT_EQ(after->at("start"), before->at("start"));
  client.send_json({{"type", "stop"}, {"now", true}});
  client.send_json({{"type", "start"}, {"id", 3}});
  json next;
  while (next.is_null() || next.at("id") != 3) next = client.receive_type("done").value();
  EXPECT_EQ(next.at("number"), 2);
}

TEST(Protocol, WhoeverLeavesFreesHerPlaceAtOnceAndASongWithoutItsLeaderCanBeStoppedByEverySinger) {
  const Server server(1);
  const std::string room = server.make_room().at("room");
  RawClient leader(server.port());
  RawClient singer(server.port());
  const std::string id = leader.enter(room, "Anna").at("you").at("id");
  ASSERT_EQ(singer.enter(room, "Berta").value("type", ""), "welcome");
  leader.send_json({{"type", "lead"}});
  leader.send_json({{"type", "start"}});
  ASSERT_TRUE(singer.receive_type("song"));
  leader.send_json({{"type", "leave"}});
  EXPECT_EQ(leader.receive_close(), 1000);
  EXPECT_EQ(singer.receive_type("gone")->at("id"), id);
  singer.send_json({{"type", "stop"}});
  EXPECT_EQ(singer.receive_type("song")->at("song").at("state"), "none");
  singer.send_json({{"type", "lead"}, {"id", 1}});
  EXPECT_EQ(singer.receive_type("done")->at("about"), "lead");
}

}  // namespace
}  // namespace roundelay::e2e::protocol_session_test
