// What the operator asks over the control socket.
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::operator_api_test {
namespace {

using nlohmann::json;

class OperatorApiTest : public ConductorTest {
 protected:
  // Over a connection of its own, which is no shard's.
  json ask(const std::string& wish, const std::string& room = {}, bool now = false) {
    ScriptedShard command(loop_, config_.control_socket());
    command.say({{"op", "operator"}, {"request", 3}, {"wish", wish}, {"room", room}, {"now", now}});
    json reply = command.next("reply");
    EXPECT_EQ(reply["request"], 3) << reply;
    return reply;
  }
};

TEST_F(OperatorApiTest, StatusTellsOfRoomsPeopleAndShards) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna", {{"key", made.key}});
  join(*one, 2, made.room, "Berta", {{"role", "listener"}});
  const json body = ask("status")["body"];
  EXPECT_EQ(body["counts"]["people"], 2) << body;
  EXPECT_EQ(body["shards"].size(), 2u);
  EXPECT_EQ(body["shards"][0]["state"], "away") << "there is no process";
  ASSERT_EQ(body["rooms"].size(), 1u);
  EXPECT_EQ(body["rooms"][0]["name"], "Choir");
  EXPECT_EQ(body["rooms"][0]["singers"], 1);
  EXPECT_FALSE(body["rooms"][0].contains("song"));
}

TEST_F(OperatorApiTest, RoomsAreListedThoughNobodyIsInThemAndShownWithThosePresent) {
  start();
  const auto one = shard(0);
  const Made empty = make_room(*one), used = make_room(*one);
  join(*one, 1, used.room, "Anna", {{"key", used.key}});
  const json list = ask("rooms")["body"];
  ASSERT_EQ(list["rooms"].size(), 2u) << list;
  EXPECT_EQ(list["more"], false);
  EXPECT_EQ(ask("rooms", std::max(empty.room, used.room))["body"]["rooms"].size(), 0u) << "all come before";
  const json shown = ask("room", used.room)["body"];
  EXPECT_EQ(shown["present"][0]["name"], "Anna") << shown;
  EXPECT_EQ(shown["present"][0]["organiser"], true);
  EXPECT_EQ(shown["tracks"], 0);
  EXPECT_EQ(ask("room", empty.room)["body"]["in_use"], false);
  EXPECT_EQ(ask("room", "nosuchroom")["status"], 404);
  EXPECT_EQ(shown.dump().find(used.key), std::string::npos);
}

TEST_F(OperatorApiTest, ARoomIsDeletedWhetherItIsInUseOrNot) {
  start();
  const auto one = shard(0);
  const Made empty = make_room(*one), used = make_room(*one);
  join(*one, 1, used.room, "Anna");
  EXPECT_EQ(ask("delete_room", empty.room)["status"], 200);
  EXPECT_EQ(ask("delete_room", used.room)["status"], 200);
  EXPECT_EQ(one->sent(1, "error")["code"], "no_room");
  EXPECT_EQ(one->next("expel")["code"], 4003);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + empty.room)["status"], 404);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + used.room)["status"], 404);
  EXPECT_EQ(ask("delete_room", used.room)["status"], 404);
}

TEST_F(OperatorApiTest, ARoomInWhichASongLastsIsDeletedOnlyAtOnce) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna", {{"key", made.key}});
  one->client(1, {{"type", "lead"}, {"id", 1}});
  one->client(1, {{"type", "start"}, {"id", 2}});
  one->to_room("song");
  const json refused = ask("delete_room", made.room);
  EXPECT_EQ(refused["status"], 409) << refused;
  const json status = ask("status")["body"];
  EXPECT_TRUE(status["rooms"][0].contains("song")) << status;
  EXPECT_EQ(ask("delete_room", made.room, true)["status"], 200);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + made.room)["status"], 404);
}

TEST_F(OperatorApiTest, AnOrganisersLinkIsGoodAndEndsTheOneBefore) {
  config_.public_origin = "https://sing.example";
  config_.base_path = "/sing/";
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  for (const bool in_use : {false, true}) {
    if (in_use) join(*one, 9, made.room, "Somebody");
    const json body = ask("organiser_link", made.room)["body"];
    EXPECT_EQ(body["origin"], "https://sing.example") << body;
    const std::string path = body["path"], begin = "/sing/r/" + made.room + "#organise=";
    ASSERT_TRUE(path.starts_with(begin)) << path;
    const uint64_t session = in_use ? 11 : 1;
    EXPECT_EQ(join(*one, session, made.room, "Organiser", {{"key", path.substr(begin.size())}})["organiser"], true);
    one->client(session + 1, hello(made.room, "Old", {{"key", made.key}}));
    EXPECT_EQ(one->sent(session + 1, "error")["code"], "not_allowed");
    one->say({{"op", "closed"}, {"session", session}});
  }
}

TEST_F(OperatorApiTest, WhoIsNoShardMaySayNothingElse) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  ScriptedShard command(loop_, config_.control_socket());
  command.say({{"op", "http"}, {"request", 3}, {"method", "GET"}, {"path", "/api/rooms/" + made.room}, {"address", "x"}});
  command.say({{"op", "operator"}, {"request", 4}, {"wish", "everything"}});
  command.say({{"op", "operator"}, {"request", 5}, {"wish", "rooms"}, {"room", ""}});
  EXPECT_EQ(command.next("reply")["request"], 5);
}

}  // namespace
}  // namespace roundelay::operator_api_test
