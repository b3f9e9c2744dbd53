// Clients' messages through the control link, and what comes back.
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::conductor_test {
namespace {

using nlohmann::json;

TEST_F(ConductorTest, HelloIsAdmittedThenWelcomed) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  EXPECT_EQ(only_room().generation, 0u) << "a row only when somebody comes";
  one->client(5, hello(made.room, "Anna"));
  const json admit = one->next("admit");
  const json welcome = one->sent(5, "welcome");
  const RoomState state = only_room();
  EXPECT_NE(state.generation, 0u);
  EXPECT_STREQ(state.id, made.room.c_str());
  EXPECT_EQ(admit["session"], 5);
  EXPECT_EQ(admit["row"], 0);
  EXPECT_EQ(admit["generation"], state.generation);
  EXPECT_EQ(admit["room"], made.room);
  EXPECT_EQ(admit["name"], "Anna");
  EXPECT_EQ(admit["bucket"], 2);
  EXPECT_EQ(admit["role"], "singer");
  EXPECT_EQ(admit["leader"], false);
  EXPECT_TRUE(admit["person"].is_number_unsigned());
  EXPECT_EQ(welcome["you"]["id"], std::to_string(admit["person"].get<uint64_t>()));
  EXPECT_EQ(welcome["room"]["name"], "Choir");
  EXPECT_EQ(one->to_room("person")["person"]["name"], "Anna");
}

TEST_F(ConductorTest, RefusedHelloIsAnsweredAndClosedWhereItCannotBeMended) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const auto refused = [&](uint64_t session, const json& message) {
    one->client(session, message);
    return one->sent(session, "error")["code"];
  };
  EXPECT_EQ(refused(1, hello("nosuchroom", "Anna")), "no_room");
  const json expel = one->next("expel");
  EXPECT_EQ(expel["session"], 1);
  EXPECT_EQ(expel["code"], 4003);
  EXPECT_EQ(refused(2, {{"type", "lead"}}), "bad_message");
  EXPECT_EQ(refused(2, hello(made.room, "")), "bad_name");
  EXPECT_EQ(refused(2, hello(made.room, "Anna", {{"token", "AAAA"}})), "bad_token");
  EXPECT_EQ(refused(2, hello(made.room, "Anna", {{"key", "wrong"}})), "not_allowed");
  EXPECT_EQ(refused(2, hello(made.room, "Anna", {{"robot", true}})), "not_allowed");
  EXPECT_TRUE(one->got().empty()) << "no expel after these";
  EXPECT_EQ(join(*one, 2, made.room, "Anna")["you"]["name"], "Anna");
}

TEST_F(ConductorTest, TokenOfAnotherRoomIsRefused) {
  start();
  const auto one = shard(0);
  const Made first = make_room(*one);
  const Made second = make_room(*one);
  const json welcome = join(*one, 1, first.room, "Anna");
  one->client(2, hello(second.room, "Anna", {{"token", welcome["token"]}}));
  EXPECT_EQ(one->sent(2, "error")["code"], "bad_token");
}

TEST_F(ConductorTest, KeyMakesTheOrganiserAndTheRobot) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  EXPECT_EQ(join(*one, 1, made.room, "Org", {{"key", made.key}})["organiser"], true);
  EXPECT_EQ(join(*one, 2, made.room, "Anna")["organiser"], false);
  const json robot = join(*one, 3, made.room, "R2", {{"key", made.key}, {"robot", true}});
  EXPECT_EQ(robot["organiser"], false);
  EXPECT_EQ(robot["you"]["robot"], true);
}

TEST_F(ConductorTest, RoomHearsItsPeopleOnEveryShard) {
  start();
  const auto one = shard(0);
  const auto two = shard(1);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna");
  const json welcome = join(*two, uint64_t{1} << 40, made.room, "Berta");
  EXPECT_EQ(welcome["people"].size(), 2u);
  EXPECT_EQ(one->person([](const json& person) { return person["name"] == "Berta"; })["id"], welcome["you"]["id"]);
  one->client(1, {{"type", "lead"}});
  EXPECT_EQ(two->to_room("leader")["leader"], one->to_room("leader")["leader"]);
  one->client(1, {{"type", "start"}});
  const json song = two->to_room("song")["song"];
  EXPECT_EQ(song["state"], "playing");
  EXPECT_EQ(only_room().song_start, song["start"].get<int64_t>());
  EXPECT_EQ(only_room().has_leader, 1u);
}

TEST_F(ConductorTest, OtherRoomsHearNothing) {
  start();
  const auto one = shard(0);
  const auto two = shard(1);
  const Made first = make_room(*one);
  const Made second = make_room(*one);
  join(*one, 1, first.room, "Anna");
  join(*two, 2, second.room, "Berta");
  two->pull();
  two->got().clear();
  one->client(1, {{"type", "lead"}});
  one->to_room("leader");
  two->client(2, {{"type", "dance"}});
  two->sent(2, "error");
  two->pull();
  EXPECT_TRUE(two->got().empty());
}

TEST_F(ConductorTest, ResumeOnAnotherShardClosesTheOldSocket) {
  start();
  const auto one = shard(0);
  const auto two = shard(1);
  const Made made = make_room(*one);
  const json first = join(*one, 1, made.room, "Anna", {{"bucket", 5}});
  const json again = join(*two, 2, made.room, "Anna", {{"token", first["token"]}});
  EXPECT_EQ(again["you"]["id"], first["you"]["id"]);
  EXPECT_EQ(again["you"]["bucket"], 5);
  EXPECT_EQ(again["people"].size(), 1u);
  const json expel = one->next("expel");
  EXPECT_EQ(expel["session"], 1);
  EXPECT_EQ(expel["code"], 4001);
  one->say({{"op", "closed"}, {"session", 1}});
  two->client(2, {{"type", "mute"}, {"muted", true}});
  EXPECT_EQ(two->next("admit", [](const json& o) { return o["muted"] == true; })["session"], 2);
}

TEST_F(ConductorTest, ClosedSocketAndDeadShardAreLostPeople) {
  start();
  const auto one = shard(0);
  auto two = shard(1);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna");
  const json berta = join(*one, 2, made.room, "Berta");
  const json clara = join(*two, 3, made.room, "Clara");
  one->say({{"op", "closed"}, {"session", 2}});
  const auto lost = [&](const std::string& name) {
    return one->person([&](const json& person) { return person["name"] == name && person["connected"] == false; });
  };
  lost("Berta");
  two.reset();
  lost("Clara");
  EXPECT_EQ(join(*one, 4, made.room, "Clara", {{"token", clara["token"]}})["you"]["id"], clara["you"]["id"]);
  const json counts = http(*one, "GET", "/api/internal/counts")["body"];
  EXPECT_EQ(counts["rooms"], 1);
  EXPECT_EQ(counts["people"], 2);
  EXPECT_EQ(counts["singers"], 2);
}

TEST_F(ConductorTest, ShardSpeaksForItsOwnSessionsOnly) {
  start();
  const auto one = shard(0);
  const auto two = shard(1);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna");
  two->client(1, {{"type", "lead"}});
  two->say({{"op", "closed"}, {"session", 1}});
  join(*two, 2, made.room, "Berta");  // everything before has been heard
  EXPECT_EQ(only_room().has_leader, 0u);
  EXPECT_EQ(http(*one, "GET", "/api/internal/counts")["body"]["people"], 2);
}

TEST_F(ConductorTest, NonsenseOnTheLinkIsSurvived) {
  start();
  const auto one = shard(0);
  ScriptedShard stranger(loop_, config_.control_socket());
  stranger.client(1, {{"type", "hello"}});  // has not said which shard it is
  for (const json& bad :
       {json{{"op", 7}}, json{{"op", "dance"}}, json{{"op", "client"}}, json{{"op", "client"}, {"session", -1}, {"msg", {}}},
        json{{"op", "client"}, {"session", 1}, {"msg", "text"}}, json{{"op", "closed"}}, json{{"op", "closed"}, {"session", 77}},
        json{{"op", "measure"}}, json{{"op", "measure"}, {"rows", {1, {1}, {"a", "b", "c"}, {77, 1, 2, 3}}}},
        json{{"op", "http"}}, json{{"op", "upload"}}, json{{"op", "upload_check"}}, json{{"op", "upload"}, {"request", 1}},
        json{{"op", "http"}, {"request", {1}}, {"method", 1}, {"path", {}}, {"body", 1}}}) {
    one->say(bad);
  }
  const Made made = make_room(*one);
  EXPECT_EQ(join(*one, 1, made.room, "Anna")["you"]["name"], "Anna");
}

TEST_F(ConductorTest, AMessageThatCannotBeReadIsNotSentAgainForEver) {
  start();
  const auto one = shard(0);
  one->say({{"op", "client"}, {"seq", 1}, {"session", "x"}});
  EXPECT_EQ(one->next("ack")["seq"], 1);
  one->say({{"op", "closed"}, {"seq", 2}, {"session", 77}});
  EXPECT_EQ(one->next("ack")["seq"], 2);
}

TEST_F(ConductorTest, AShardThatDoesNotSayWhichOneItIsIsCutOff) {
  start();
  ScriptedShard stranger(loop_, config_.control_socket());
  stranger.say({{"op", "shard"}, {"index", -1}, {"sessions", json::array()}});
  EXPECT_TRUE(stranger.cut_off());
}

TEST_F(ConductorTest, SecondLinkOfTheSameShardReplacesTheFirst) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json welcome = join(*one, 1, made.room, "Anna");
  const auto admit_facts = json{{"session", 1},      {"person", std::stoull(welcome["you"]["id"].get<std::string>())},
                                {"row", 0},          {"generation", only_room().generation},
                                {"room", made.room}, {"name", "Anna"},
                                {"bucket", 2},       {"role", "singer"},
                                {"muted", false},    {"organiser", false},
                                {"robot", false}};
  const auto again = shard(0, json::array({admit_facts}));
  EXPECT_TRUE(one->cut_off());
  EXPECT_EQ(again->next("admit")["session"], 1);
  again->client(1, {{"type", "lead"}});
  EXPECT_EQ(again->to_room("leader")["leader"], welcome["you"]["id"]);
}

TEST_F(ConductorTest, RoomFullAndServerFull) {
  config_.max_singers_per_room = 1;
  start();
  const auto one = shard(0);
  const Made first = make_room(*one);
  join(*one, 10, first.room, "Anna");
  for (uint64_t i = 1; i < 4; ++i) join(*one, 10 + i, make_room(*one).room, "Anna");
  const Made fifth = make_room(*one);
  one->client(20, hello(fifth.room, "Berta"));
  EXPECT_EQ(one->sent(20, "error")["code"], "server_full");
  EXPECT_EQ(one->next("expel")["code"], 4003);
  one->client(21, hello(first.room, "Berta"));
  EXPECT_EQ(one->sent(21, "error")["code"], "room_full_singers");
}

TEST_F(ConductorTest, EmptyRoomMakesWayWhenAllRowsAreInUse) {
  config_.forget_person_s = 1;
  config_.empty_room_s = 1000;
  start();
  const auto one = shard(0);
  std::vector<Made> rooms;
  for (uint64_t i = 0; i < 4; ++i) {
    rooms.push_back(make_room(*one));
    join(*one, 10 + i, rooms.back().room, "Anna");
  }
  RoomState before;
  ASSERT_TRUE(segment_->room(2).state.load(before));
  one->say({{"op", "closed"}, {"session", 12}});
  const Made fifth = make_room(*one);
  one->client(20, hello(fifth.room, "Berta"));
  EXPECT_EQ(one->sent(20, "error")["code"], "server_full") << "she still has her place";
  RoomState after;
  ASSERT_TRUE(loop_.run_until([&] {  // until she is forgotten
    one->client(21, hello(fifth.room, "Berta"));
    return segment_->room(2).state.load(after) && after.generation != before.generation;
  }));
  EXPECT_STREQ(after.id, fifth.room.c_str());
}

TEST_F(ConductorTest, EmptyRoomGivesBackItsRowAndLivesOn) {
  config_.forget_person_s = 1;
  config_.empty_room_s = 0;
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json first = join(*one, 1, made.room, "Org", {{"key", made.key}});
  one->client(1, {{"type", "settings"}, {"interval_ms", 400}});
  one->to_room("settings");
  segment_->room(0).lane_mask(LaneKind::kVoices).store(1);
  one->say({{"op", "closed"}, {"session", 1}});
  ASSERT_TRUE(loop_.run_until([&] { return only_room().generation == 0; }));
  EXPECT_EQ(segment_->room(0).lane_mask(LaneKind::kVoices).load(), 0u);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + made.room)["body"]["people"], 0);

  const json again = join(*one, 2, made.room, "Org", {{"token", first["token"]}});
  EXPECT_EQ(again["you"]["id"], first["you"]["id"]);
  EXPECT_EQ(again["organiser"], true) << "known again by her token";
  EXPECT_EQ(again["settings"]["interval_blocks"], 20);
  EXPECT_EQ(again["people"].size(), 1u);
}

TEST_F(ConductorTest, WhoeverIsToldThatItIsDoneHasBeenToldEverybodysPlace) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  for (uint64_t session = 1; session <= 4; ++session) join(*one, session, made.room, "Anna");
  one->client(1, {{"type", "lead"}, {"id", 5}});
  bool placed = false;
  bool leader = false;
  json done;
  ASSERT_TRUE(loop_.run_until([&] {
    one->pull();
    for (; !one->got().empty() && done.is_null(); one->got().pop_front()) {
      const json& message = one->got().front().value("msg", json::object());
      const std::string type = message.value("type", "");
      placed = placed || type == "people";
      if (type == "leader") leader = placed;
      if (type == "done") done = message;
    }
    return !done.is_null();
  }));
  EXPECT_TRUE(leader);
  EXPECT_EQ(done["id"], 5);
}

TEST_F(ConductorTest, WelcomeAndRefusalBearTheNumberOfTheirHello) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  one->client(1, hello(made.room, "", {{"id", 3}}));
  EXPECT_EQ(one->sent(1, "error")["id"], 3);
  EXPECT_EQ(join(*one, 1, made.room, "Anna", {{"id", 4}})["id"], 4);
  one->client(1, hello(made.room, "Anna", {{"id", -4}}));
  EXPECT_EQ(one->sent(1, "error")["code"], "bad_message");
}

TEST_F(ConductorTest, LeavingClosesTheConnectionAfterItsAnswer) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json anna = join(*one, 1, made.room, "Anna");
  join(*one, 2, made.room, "Berta");
  one->client(1, {{"type", "leave"}, {"id", 1}});
  EXPECT_EQ(one->sent(1, "done")["about"], "leave");
  const json expel = one->next("expel");
  EXPECT_EQ(expel["session"], 1);
  EXPECT_EQ(expel["code"], 1000);
  EXPECT_EQ(join(*one, 3, made.room, "Clara")["people"].size(), 2u);
  EXPECT_EQ(join(*one, 4, made.room, "Anna", {{"token", anna["token"]}})["you"]["id"], anna["you"]["id"]) << "welcome again";
}

}  // namespace
}  // namespace roundelay::conductor_test
