// The order in a room as far as the conductor has a part in it: passwords, keys, removal over restarts, the end of rooms.
#include <algorithm>
#include <ctime>
#include <fstream>
#include <map>

#include "server/conductor/calendar_watch.h"
#include "server/conductor/door_keeper.h"
#include "server/jobs/passwords.h"
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::conductor_order_test {
namespace {

using nlohmann::json;

class ConductorOrder : public ConductorTest {
 protected:
  // Asks for something by number 5 and waits for the answer.
  static json ask(ScriptedShard& shard, uint64_t session, json command) {
    command["id"] = 5;
    shard.client(session, command);
    const json object = shard.next("send", [&](const json& o) {
      return o["msg"].contains("id") && o["msg"]["id"] == 5 && o["sessions"] == json::array({session});
    });
    return object.is_null() ? object : object["msg"];
  }
  static std::string refused(ScriptedShard& shard, uint64_t session, const json& hello) {
    shard.client(session, hello);
    return shard.sent(session, "error").value("code", "");
  }
  static int64_t cpu_ns(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
  }
  Made room_with_password(ScriptedShard& shard, const std::string& password) {
    Made made = make_room(shard);
    join(shard, 1, made.room, "Org", {{"key", made.key}});
    EXPECT_EQ(ask(shard, 1, {{"type", "password"}, {"password", password}})["type"], "done");
    return made;
  }
};

TEST_F(ConductorOrder, APasswordIsAskedForCheckedAndRemembered) {
  start();
  const auto one = shard(0);
  const Made made = room_with_password(*one, "open sesame");
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + made.room)["body"]["password"], true);
  EXPECT_EQ(refused(*one, 2, hello(made.room, "Ann")), "password_needed");
  EXPECT_EQ(refused(*one, 2, hello(made.room, "Ann", {{"password", "Open sesame"}})), "bad_password");
  const json welcome = join(*one, 2, made.room, "Ann", {{"password", "open sesame"}});
  ASSERT_FALSE(welcome.is_null());
  EXPECT_EQ(welcome.dump().find("argon2"), std::string::npos);
  // Who has been in comes again by her token, over a restart too.
  one->say({{"op", "closed"}, {"session", 2}});
  stop();
  start();
  const auto two = shard(0);
  EXPECT_FALSE(join(*two, 3, made.room, "Ann", {{"token", welcome["token"]}}).is_null());
  EXPECT_EQ(refused(*two, 4, hello(made.room, "Ben")), "password_needed");
  EXPECT_FALSE(join(*two, 5, made.room, "Co", {{"key", made.key}}).is_null()) << "the organiser's key opens it";
  EXPECT_EQ(ask(*two, 5, {{"type", "password"}, {"password", nullptr}})["type"], "done");
  EXPECT_FALSE(join(*two, 6, made.room, "Ben").is_null());
}

TEST_F(ConductorOrder, WrongPasswordsAreLimitedAndAChoirThatKnowsItComesIn) {
  start();
  const auto one = shard(0);
  const Made made = room_with_password(*one, "open sesame");
  for (uint64_t session = 10; session < 14; ++session)
    one->client(session, hello(made.room, "Ann", {{"password", "open sesame"}}));
  for (uint64_t session = 10; session < 14; ++session) EXPECT_FALSE(one->sent(session, "welcome").is_null());
  for (int i = 0; i < DoorKeeper::kTries; ++i)
    EXPECT_EQ(refused(*one, 30, hello(made.room, "Eve", {{"password", "guess"}})), "bad_password");
  EXPECT_EQ(refused(*one, 30, hello(made.room, "Eve", {{"password", "open sesame"}})), "too_many_tries");
}

TEST_F(ConductorOrder, TheLoopTurnsOnWhileManyPasswordsAreLookedAt) {
  start();
  const auto one = shard(0);
  const Made made = room_with_password(*one, "open sesame");
  const int64_t loop_before = cpu_ns(CLOCK_THREAD_CPUTIME_ID), all_before = cpu_ns(CLOCK_PROCESS_CPUTIME_ID);
  for (uint64_t session = 100; session < 150; ++session) one->client(session, hello(made.room, "Eve", {{"password", "guess"}}));
  // Whoever is in the room is answered before the first few of them are done, each of which takes the thread much longer.
  EXPECT_EQ(ask(*one, 1, {{"type", "name"}, {"name", "Olga"}})["type"], "done");
  EXPECT_EQ(std::count_if(one->got().begin(), one->got().end(), [](const json& o) { return o["op"] == "send"; }), 0);
  std::map<std::string, int> codes;
  for (uint64_t session = 100; session < 150; ++session) {
    const json answer = one->next("send", [](const json& o) { return o["msg"]["type"] == "error"; });
    ++codes[answer["msg"]["code"]];
  }
  EXPECT_EQ(codes["bad_password"] + codes["too_many_tries"], 50);
  EXPECT_GE(codes["too_many_tries"], 30) << "most are not even looked at";
  const int64_t loop = cpu_ns(CLOCK_THREAD_CPUTIME_ID) - loop_before, all = cpu_ns(CLOCK_PROCESS_CPUTIME_ID) - all_before;
  EXPECT_LT(loop, all / 3) << "the hashes were made elsewhere";
}

TEST_F(ConductorOrder, WhoGoesWhileHerPasswordIsLookedAtIsNotLetIn) {
  start();
  const auto one = shard(0);
  const Made made = room_with_password(*one, "open sesame");
  one->client(2, hello(made.room, "Ann", {{"password", "open sesame"}}));
  one->say({{"op", "closed"}, {"session", 2}});
  EXPECT_FALSE(join(*one, 3, made.room, "Ben", {{"password", "open sesame"}}).is_null());
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + made.room)["body"]["people"], 2);
}

TEST_F(ConductorOrder, ANewKeyEndsTheOldOneOverRestartsToo) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Org", {{"key", made.key}});
  const json done = ask(*one, 1, {{"type", "new_key"}, {"new_key", "mine"}});
  const std::string key = done["key"];
  EXPECT_NE(key, "mine") << "nobody chooses it";
  EXPECT_EQ(refused(*one, 2, hello(made.room, "Old", {{"key", made.key}})), "not_allowed");
  EXPECT_EQ(join(*one, 3, made.room, "New", {{"key", key}})["organiser"], true);
  stop();
  start();
  one = shard(0);
  EXPECT_EQ(join(*one, 4, made.room, "New", {{"key", key}})["organiser"], true);
}

TEST_F(ConductorOrder, ThePlanOfTheNextSongOutlivesTheServer) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Org", {{"key", made.key}});
  EXPECT_EQ(ask(*one, 1, {{"type", "plan"}, {"bpm", 92.5}, {"beats_per_bar", 3}, {"count_in_bars", 1}})["type"], "done");
  stop();
  start();
  const auto two = shard(0);
  EXPECT_EQ(join(*two, 2, made.room, "Ann")["plan"],
            json({{"bpm", 92.5}, {"beats_per_bar", 3}, {"click", false}, {"count_in_bars", 1}, {"round", nullptr}}));
}

TEST_F(ConductorOrder, OfficesMutesAndRemovalOutliveTheServer) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Org", {{"key", made.key}});
  const json ann = join(*one, 2, made.room, "Ann", {{"part", "Alto"}});
  const json ben = join(*one, 3, made.room, "Ben");
  ask(*one, 1, {{"type", "appoint"}, {"person", ann["you"]["id"]}, {"engineer", true}, {"may_lead", true}});
  ask(*one, 1, {{"type", "mute_person"}, {"person", ann["you"]["id"]}, {"muted", true}});
  one->client(1, {{"type", "remove_person"}, {"person", ben["you"]["id"]}});
  EXPECT_EQ(one->next("expel")["session"], 3);
  stop();
  Segment::remove(config_.segment_name());
  start();
  one = shard(0);
  const json again = join(*one, 5, made.room, "Ann", {{"token", ann["token"]}});
  EXPECT_EQ(again["you"]["part"], "Alto");
  EXPECT_EQ(again["you"]["engineer"], true);
  EXPECT_EQ(again["you"]["may_lead"], true);
  EXPECT_EQ(again["you"]["held"], true);
  EXPECT_EQ(refused(*one, 6, hello(made.room, "Ben", {{"token", ben["token"]}})), "removed");
  EXPECT_EQ(join(*one, 7, made.room, "Org", {{"key", made.key}})["removed"].size(), 1u);
}

TEST_F(ConductorOrder, ADeletedRoomIsGoneWithWhoIsInItAndAllThatItHolds) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Org", {{"key", made.key}});
  join(*one, 2, made.room, "Ann");
  one->client(1, {{"type", "delete_room"}, {"id", 5}});
  EXPECT_EQ(one->sent(1, "done")["about"], "delete_room");
  const json told = one->sent(2, "error");
  EXPECT_EQ(told["code"], "no_room");
  EXPECT_EQ(told["message"], "This room was deleted by its organiser.");
  EXPECT_EQ(one->next("expel", [](const json& o) { return o["session"] == 2; })["code"], kCloseNotAdmitted);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + made.room)["status"], 404);
  EXPECT_EQ(only_room().generation, 0u);
  EXPECT_EQ(refused(*one, 3, hello(made.room, "Ben")), "no_room");
}

TEST_F(ConductorOrder, ListedRoomsAreShownToEverybodyAndOthersToNobody) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  make_room(*one);
  EXPECT_EQ(http(*one, "GET", "/api/rooms")["body"]["rooms"], json::array());
  join(*one, 1, made.room, "Org", {{"key", made.key}});
  ask(*one, 1, {{"type", "room"}, {"listed", true}, {"name", "Open choir"}});
  EXPECT_EQ(http(*one, "GET", "/api/rooms")["body"]["rooms"],
            (json::array({{{"room", made.room}, {"name", "Open choir"}, {"people", 1}, {"password", false}}})));
}

TEST_F(ConductorOrder, ARoomThatNobodyUsesIsForgotten) {
  start();
  auto one = shard(0);
  const Made old = make_room(*one), used = make_room(*one);
  stop();
  {
    Store store(config_.database());
    const int64_t now = std::time(nullptr);
    store.touch_room(old.room, now - 91 * 86'400);
    store.touch_room(used.room, now - 89 * 86'400);
    ASSERT_TRUE(store.flush());
    // A server that was off for so long that its clock may be wrong: people have a week to come.
    std::ofstream(config_.data_dir + "/calendar") << CalendarWatch::text({now - 15 * 86'400, 0});
  }
  start();
  one = shard(0);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + old.room)["status"], 200);
  stop();
  const int64_t now = std::time(nullptr);
  std::ofstream(config_.data_dir + "/calendar") << CalendarWatch::text({now - 86'400, now - 1});
  start();
  one = shard(0);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + old.room)["status"], 404);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + used.room)["status"], 200);
}

TEST_F(ConductorOrder, ATokenEnds) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const Tokens tokens = Tokens::from_file(config_.data_dir + "/secret.key");
  const int64_t now = std::time(nullptr);
  EXPECT_EQ(refused(*one, 1, hello(made.room, "Ann", {{"token", tokens.seal({7, made.room, now - 91 * 86'400})}})), "bad_token");
  EXPECT_EQ(join(*one, 2, made.room, "Ann", {{"token", tokens.seal({7, made.room, now - 89 * 86'400})}})["you"]["id"], "7");
}

TEST(DoorKeeperTest, ForgivesWithTimeAndKeepsAddressesAndRoomsApart) {
  DoorKeeper keeper;
  int64_t now_ns = 1'000'000'000;
  for (int i = 0; i < DoorKeeper::kTries; ++i) {
    EXPECT_TRUE(keeper.may_try("room", "1.2.3.4", now_ns));
    keeper.failed("room", "1.2.3.4", now_ns);
  }
  EXPECT_FALSE(keeper.may_try("room", "1.2.3.4", now_ns));
  EXPECT_TRUE(keeper.may_try("room", "1.2.3.5", now_ns));
  EXPECT_TRUE(keeper.may_try("other", "1.2.3.4", now_ns));
  EXPECT_TRUE(keeper.may_try("room", "1.2.3.4", now_ns + 7'000'000'000));
}

TEST(PasswordsTest, AreHashedEachTimeOtherwiseAndChecked) {
  ASSERT_GE(sodium_init(), 0);
  Loop loop;
  Passwords passwords(loop.get());
  std::vector<std::string> hashes;
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(passwords.hash("sesame", [&](std::string hash) { hashes.push_back(std::move(hash)); }));
  ASSERT_TRUE(loop.run_until([&] { return hashes.size() == 2; }));
  EXPECT_TRUE(hashes[0].starts_with("$argon2id$")) << hashes[0];
  EXPECT_NE(hashes[0], hashes[1]);
  std::vector<bool> fits;
  for (const char* tried : {"sesame", "Sesame"})
    ASSERT_TRUE(passwords.check(tried, hashes[0], [&](bool yes) { fits.push_back(yes); }));
  ASSERT_TRUE(loop.run_until([&] { return fits.size() == 2; }));
  EXPECT_EQ(fits, (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace roundelay::conductor_order_test
