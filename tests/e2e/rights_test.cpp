// Who may do what, over real sockets: every pair of who and what is allowed or refused as the table here says, and `rights` says
// the same. And the password's price: nobody's sound waits while passwords are looked at.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <memory>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::rights_test {
namespace {

using nlohmann::json;

enum Who { kOrganiser, kEngineer, kLeader, kSinger, kListener, kWhos };
constexpr std::array<const char*, kWhos> kNames = {"Organiser", "Engineer", "Leader", "Singer", "Listener"};

struct What {
  const char* type;
  std::array<bool, kWhos> may;
};
// Organiser, engineer, leader, singer, listener; the leader is there.
constexpr What kTable[] = {
    {"lead", {true, true, true, true, false}},
    {"give_lead", {false, false, true, false, false}},
    {"keep_lead", {false, false, true, false, false}},
    {"track", {true, false, true, false, false}},
    {"start", {false, false, true, false, false}},
    {"stop", {true, false, true, false, false}},
    {"bucket", {true, true, true, true, true}},
    {"mute", {true, true, true, true, true}},
    {"role", {true, true, true, true, true}},
    {"name", {true, true, true, true, true}},
    {"part", {true, true, true, true, true}},
    {"loudspeaker", {true, true, true, true, true}},
    {"corrected", {true, true, true, true, true}},
    {"settings", {true, true, true, false, false}},
    {"plan", {true, false, true, false, false}},
    {"delete_track", {true, false, false, false, false}},
    {"say", {true, true, true, true, true}},
    {"announce", {true, true, true, false, false}},
    {"unsay", {true, false, false, false, false}},
    {"hand", {true, true, true, true, true}},
    {"lower_hands", {true, false, true, false, false}},
    {"away", {true, true, true, true, true}},
    {"words", {true, false, true, false, false}},
    {"put_entry", {true, false, true, false, false}},
    {"move_entry", {true, false, true, false, false}},
    {"remove_entry", {true, false, true, false, false}},
    {"take_entry", {true, false, true, false, false}},
    {"rename_sheet", {true, false, true, false, false}},
    {"delete_sheet", {true, false, true, false, false}},
    {"score", {true, false, true, false, false}},
    {"delete_score", {true, false, true, false, false}},
    {"mark", {true, false, true, false, false}},
    {"listen", {true, true, true, true, true}},
    {"hear_part", {true, true, true, true, true}},
    {"console", {true, true, false, false, false}},
    {"volume", {true, true, false, false, false}},
    {"solo", {true, true, false, false, false}},
    {"mute_person", {true, true, false, false, false}},
    {"move_person", {true, true, false, false, false}},
    {"remove_person", {true, false, false, false, false}},
    {"readmit", {true, false, false, false, false}},
    {"appoint", {true, false, false, false, false}},
    {"room", {true, false, false, false, false}},
    {"password", {true, false, false, false, false}},
    {"new_key", {true, false, false, false, false}},
    {"program_token", {true, false, false, false, false}},
    {"revoke_token", {true, false, false, false, false}},
    {"record", {true, false, true, false, false}},
    {"leave_out", {true, true, true, true, true}},
    {"delete_recording", {true, false, false, false, false}},
    {"mix_again", {true, true, false, false, false}},
    {"open_live", {true, false, false, false, false}},
    {"close_live", {true, false, false, false, false}},
    {"delete_room", {true, false, false, false, false}},
    {"leave", {true, true, true, true, true}},
};

class Rights : public ::testing::Test {
 protected:
  // A room with one of each, and somebody whom the others do things with.
  struct Room {
    std::string id, victim, removed;
    std::array<std::unique_ptr<RawClient>, kWhos> clients;
    std::unique_ptr<RawClient> other;
  };

  json ask(RawClient& client, json command) {
    command["id"] = ++number_;
    client.send_json(command);
    while (const auto message = client.receive()) {
      const json heard = message->opcode == 1 ? message->json() : json();
      if (heard.is_object() && heard.value("type", "") == "rights") told_[&client] = heard.at("rights");
      if (heard.is_object() && heard.contains("id") && heard["id"] == number_) return heard;
    }
    return nullptr;
  }

  Room make() {
    Room room;
    const json made = server_.make_room();
    room.id = made.at("room");
    for (int who = 0; who < kWhos; ++who) {
      room.clients[who] = std::make_unique<RawClient>(server_.port());
      const json more = who == kOrganiser  ? json{{"key", made.at("key")}}
                        : who == kListener ? json{{"role", "listener"}}
                                           : json::object();
      const json welcome = room.clients[who]->enter(room.id, kNames[who], more);
      EXPECT_EQ(welcome.value("type", ""), "welcome") << welcome;
      told_[room.clients[who].get()] = welcome.at("rights");
      if (who == kEngineer)
        ask(*room.clients[kOrganiser], {{"type", "appoint"}, {"person", welcome.at("you").at("id")}, {"engineer", true}});
    }
    RawClient removed(server_.port());
    room.removed = removed.enter(room.id, "Removed").at("you").at("id");
    room.other = std::make_unique<RawClient>(server_.port());
    room.victim = room.other->enter(room.id, "Other").at("you").at("id");
    ask(*room.clients[kOrganiser], {{"type", "remove_person"}, {"person", room.removed}});
    EXPECT_EQ(ask(*room.clients[kLeader], {{"type", "lead"}}).value("type", ""), "done");
    return room;
  }
  static json command(const std::string& type, const Room& room, Who who) {
    const std::map<std::string, json> more = {
        {"give_lead", {{"to", room.victim}}},
        {"track", {{"track", nullptr}}},
        {"stop", {{"now", true}}},
        {"bucket", {{"bucket", who == kLeader ? 1 : 3}}},
        {"mute", {{"muted", false}}},
        {"role", {{"role", who == kListener ? "listener" : "singer"}}},
        {"name", {{"name", kNames[who]}}},
        {"part", {{"part", "Alto"}}},
        {"loudspeaker", {{"open", false}}},
        {"settings", {{"automatic_gain", true}}},
        {"delete_track", {{"track", "nosuchtrack"}}},
        {"words", {{"words", nullptr}}},
        {"put_entry", {{"entry", {{"title", "Psalm"}}}}},
        {"move_entry", {{"entry", "nosuchentry"}, {"before", nullptr}}},
        {"remove_entry", {{"entry", "nosuchentry"}}},
        {"take_entry", {{"entry", "nosuchentry"}}},
        {"rename_sheet", {{"sheet", "nosuchsheet"}, {"title", "Psalm"}}},
        {"delete_sheet", {{"sheet", "nosuchsheet"}}},
        {"score", {{"score", nullptr}}},
        {"delete_score", {{"score", "nosuchscore"}}},
        {"mark", {{"mark", {{"id", "a"}, {"position", 0}, {"kind", "x"}}}}},
        {"listen", {{"to", "room"}}},
        {"hear_part", {{"on", false}}},
        {"console", {{"open", false}}},
        {"volume", {{"person", room.victim}, {"volume", 1}}},
        {"solo", {{"person", room.victim}, {"on", false}}},
        {"mute_person", {{"person", room.victim}, {"muted", true}}},
        {"move_person", {{"person", room.victim}, {"bucket", 4}}},
        {"remove_person", {{"person", room.victim}}},
        {"readmit", {{"person", room.removed}}},
        {"appoint", {{"person", room.victim}, {"engineer", false}}},
        {"room", {{"listed", false}}},
        {"password", {{"password", nullptr}}},
        {"program_token", {{"name", "Lights"}}},
        {"revoke_token", {{"program", "1"}}},
        {"say", {{"text", "Hello"}}},
        {"announce", {{"text", "Tea"}}},
        {"unsay", {{"line", "77"}}},
        {"hand", {{"up", false}}},
        {"away", {{"away", false}}},
        {"record", {{"on", false}}},
        {"leave_out", {{"out", false}}},
        {"delete_recording", {{"recording", "nosuchrecording"}}},
        {"mix_again", {{"recording", "nosuchrecording"}, {"tracks", json::array()}}},
    };
    json out = {{"type", type}};
    if (const auto found = more.find(type); found != more.end()) out.update(found->second);
    return out;
  }

  // The room is again as it was before.
  void put_back(const std::string& type, Room& room, Who who) {
    RawClient& leader = *room.clients[kLeader];
    if (type == "lead" && who != kLeader) ask(leader, {{"type", "keep_lead"}});
    if (type == "mark") ask(leader, {{"type", "stop"}, {"now", true}});
    if (type != "give_lead") return;
    ask(leader, {{"type", "lead"}});
    const json given = ask(*room.other, {{"type", "give_lead"}});
    EXPECT_EQ(given.value("type", ""), "done") << given;
  }

  const Server server_{1};
  int number_ = 0;
  std::map<const RawClient*, json> told_;
};

TEST_F(Rights, AreForEveryPairOfWhoAndWhatAsTheTableSaysAndAsOneIsTold) {
  for (int i = 0; i < kWhos; ++i) {
    const Who who = static_cast<Who>(i);
    SCOPED_TRACE(kNames[who]);
    Room room = make();
    RawClient& client = *room.clients[who];
    // What she was told last: her office and the lead have changed it since she came in.
    EXPECT_EQ(ask(client, {{"type", "ping"}}).value("type", ""), "pong");
    const json told = told_[&client];
    std::vector<std::string> wanted;
    for (const What& what : kTable) {
      SCOPED_TRACE(what.type);
      if (what.may[who] && std::string(what.type) != "delete_track") wanted.emplace_back(what.type);
      const bool in_a_song = std::string(what.type) == "stop" || std::string(what.type) == "mark";
      if (in_a_song) ask(*room.clients[kLeader], {{"type", "start"}});
      const json answer = ask(client, command(what.type, room, who));
      const std::string code = answer.value("code", "");
      if (std::string(what.type) == "delete_track") {
        EXPECT_EQ(code, "no_track") << "a track that is not there is nobody's";
      } else {
        EXPECT_EQ(code == "not_allowed", !what.may[who]) << answer;
      }
      if (what.may[who]) {
        put_back(what.type, room, who);
      } else if (in_a_song) {
        ask(*room.clients[kLeader], command("stop", room, kLeader));
      }
      if (std::string(what.type) == "delete_room" && what.may[who]) break;  // there is nothing left to leave
    }
    if (who == kOrganiser) wanted.insert(wanted.end(), {"delete_track"});
    std::vector<std::string> had = told;
    std::sort(wanted.begin(), wanted.end());
    std::sort(had.begin(), had.end());
    if (who == kOrganiser) wanted.insert(std::lower_bound(wanted.begin(), wanted.end(), "leave"), "leave");
    EXPECT_EQ(had, wanted) << "what she was told";
  }
}

TEST_F(Rights, FiftyWrongPasswordsASecondHoldUpNoTickAndNobodyWhoIsIn) {
  const json made = server_.make_room();
  const std::string room = made.at("room");
  RawClient organiser(server_.port());
  organiser.enter(room, "Organiser", {{"key", made.at("key")}});
  ASSERT_EQ(ask(organiser, {{"type", "password"}, {"password", "open sesame"}}).value("type", ""), "done");
  ask(organiser, {{"type", "lead"}});
  ask(organiser, {{"type", "start"}});
  const uint64_t ticks = server_.total("ticks");
  const long conductor_before = cpu_ticks(server_.pids("conductor").at(0));
  const long shard_before = cpu_ticks(server_.pids("shard").at(0));
  std::vector<std::unique_ptr<RawClient>> strangers;
  for (int i = 0; i < 50; ++i) {
    strangers.push_back(std::make_unique<RawClient>(server_.port()));
    strangers.back()->send_json({{"type", "hello"},
                                 {"version", 1},
                                 {"room", room},
                                 {"name", "Stranger"},
                                 {"role", "singer"},
                                 {"password", "guess " + std::to_string(i)}});
  }
  // The organiser's commands go through the conductor's loop too: they are answered before the first stranger is.
  EXPECT_EQ(ask(organiser, {{"type", "name"}, {"name", "Olga"}}).value("type", ""), "done");
  EXPECT_FALSE(strangers.back()->receive(std::chrono::milliseconds(0)));
  std::map<std::string, int> codes;
  for (const auto& stranger : strangers) {
    const auto error = stranger->receive_type("error", std::chrono::seconds(30));
    ASSERT_TRUE(error);
    ++codes[error->at("code")];
  }
  EXPECT_EQ(codes["bad_password"], 10);
  EXPECT_EQ(codes["too_many_tries"], 40);
  EXPECT_GE(server_.total("ticks"), ticks);
  // Each hash takes a core for some 100 ms: of that the shard, whose loop makes the ticks, has seen nothing. Its CPU time says so
  // however busy the machine is; how long a tick takes does not.
  const long hashing = cpu_ticks(server_.pids("conductor").at(0)) - conductor_before;
  const long ticking = cpu_ticks(server_.pids("shard").at(0)) - shard_before;
  EXPECT_LT(ticking, hashing) << server_.status().at("shards").at(0).at("tick_us");
  std::cout << "tick, microseconds: " << server_.status().at("shards").at(0).at("tick_us") << "\n";
}

}  // namespace
}  // namespace roundelay::e2e::rights_test
