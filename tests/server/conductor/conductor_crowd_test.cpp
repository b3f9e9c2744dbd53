// Many who come at once, shards that are full, measures that become intervals: through the control link.
#include <chrono>
#include <set>

#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::conductor_crowd_test {
namespace {

using nlohmann::json;

class ConductorCrowd : public ConductorTest {
 protected:
  static void capacity(ScriptedShard& shard, int singers, double load = 0.5) {
    shard.say({{"op", "measure"}, {"rows", json::array()}, {"load", load}, {"singers", 0}, {"capacity", singers}});
  }
};

TEST_F(ConductorCrowd, ManyWhoComeAtOnceAreAllLetInInTheirOrder) {
  config_.max_joins_per_s = 400;
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  constexpr uint64_t kMany = 150;
  std::string burst;
  for (uint64_t i = 1; i <= kMany; ++i) {
    burst += json{{"op", "client"},
                  {"session", i},
                  {"seq", i},
                  {"address", "127.0.0.1"},
                  {"msg", hello(made.room, "P" + std::to_string(i), {{"role", "listener"}})}}
                 .dump() +
             "\n";
  }
  burst += json{{"op", "closed"}, {"session", 149}, {"seq", kMany + 1}}.dump() + "\n";
  one->say_raw(burst);
  std::vector<uint64_t> welcomed;
  uint64_t acknowledged = 0;
  size_t most_unasked = 0;  // acknowledged, though nobody had been let in
  ASSERT_TRUE(loop_.run_until([&] {
    one->pull();
    for (; !one->got().empty(); one->got().pop_front()) {
      const json& object = one->got().front();
      if (object["op"] == "send" && object["msg"]["type"] == "welcome") welcomed.push_back(object["sessions"][0]);
      if (object["op"] != "ack") continue;
      acknowledged = object["seq"];
      if (acknowledged > welcomed.size() && acknowledged < 149) most_unasked = acknowledged - welcomed.size();
    }
    return acknowledged == kMany + 1;
  }));
  EXPECT_EQ(most_unasked, 0u);
  EXPECT_EQ(welcomed.size(), kMany - 1) << "one left while she waited";
  EXPECT_TRUE(std::is_sorted(welcomed.begin(), welcomed.end()));
}

TEST_F(ConductorCrowd, WhoWaitsAndSpeaksIsHeardAfterwards) {
  config_.max_joins_per_s = 20;  // one a tick
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  for (uint64_t i = 1; i <= 4; ++i) one->client(i, hello(made.room, "P"));
  one->client(4, {{"type", "name"}, {"name", "Berta"}});
  EXPECT_EQ(one->sent(4, "welcome")["you"]["name"], "P 4");
  EXPECT_EQ(one->next("admit", [](const json& o) { return o["session"] == 4; })["name"], "Berta");
}

TEST_F(ConductorCrowd, ManyChangesAreToldInFewMessages) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const auto begun = std::chrono::steady_clock::now();
  join(*one, 1, made.room, "Anna");
  for (uint64_t i = 2; i <= 60; ++i) one->client(i, hello(made.room, "P" + std::to_string(i)));
  std::set<std::string> known;
  int messages = 0;
  ASSERT_TRUE(loop_.run_until([&] {
    one->pull();
    for (; !one->got().empty(); one->got().pop_front()) {
      const json& object = one->got().front();
      if (object["op"] != "room") continue;
      ++messages;
      const json& msg = object["msg"];
      if (msg["type"] == "person") known.insert(msg["person"]["id"]);
      if (msg["type"] == "people") {
        for (const json& person : msg["people"]) known.insert(person["id"]);
      }
    }
    return known.size() >= 60;
  }));
  // One for every 50 ms that it took, however busy the machine is.
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  EXPECT_LE(messages, 3 + took.count() / 50);
  EXPECT_LT(messages, 59);
}

TEST_F(ConductorCrowd, GreetingMayComeInPieces) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  std::vector<json> facts;
  for (uint64_t i = 1; i <= 2; ++i) {
    const json you = join(*one, i, made.room, "P" + std::to_string(i))["you"];
    facts.push_back({{"session", i},
                     {"person", std::stoull(you["id"].get<std::string>())},
                     {"row", 0},
                     {"generation", only_room().generation},
                     {"room", made.room},
                     {"name", you["name"]},
                     {"bucket", you["bucket"]},
                     {"role", "singer"},
                     {"muted", false},
                     {"organiser", false},
                     {"robot", false}});
  }
  stop();
  one.reset();
  start();
  one = shard(0, json::array({facts[0]}));
  one->say({{"op", "sessions"}, {"sessions", json::array({facts[1]})}});
  EXPECT_EQ(one->next("admit")["session"], 1);
  EXPECT_EQ(one->next("admit")["session"], 2);
}

TEST_F(ConductorCrowd, FullServerRefusesNewSingersOnly) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  capacity(*one, 2);
  const json anna = join(*one, 1, made.room, "Anna");
  join(*one, 2, made.room, "Berta");
  one->client(3, hello(made.room, "Clara"));
  const json error = one->sent(3, "error");
  EXPECT_EQ(error["code"], "server_full_singers");
  EXPECT_TRUE(error["message"].get<std::string>().ends_with("or try again in some minutes."));
  EXPECT_EQ(one->next("expel")["code"], 4003);
  EXPECT_EQ(segment_->shard(0).singers_refused.get(), 1u);
  join(*one, 4, made.room, "Clara", {{"role", "listener"}});
  one->client(4, {{"type", "role"}, {"role", "singer"}});
  EXPECT_EQ(one->sent(4, "error")["code"], "server_full_singers");
  EXPECT_EQ(segment_->shard(0).singers_refused.get(), 2u);

  one->say({{"op", "closed"}, {"session", 1}});
  join(*one, 5, made.room, "Dora");
  EXPECT_EQ(join(*one, 6, made.room, "Anna", {{"token", anna["token"]}})["you"]["role"], "singer") << "she comes back";
  capacity(*one, 100);
  join(*one, 7, made.room, "Emma");
  capacity(*one, 100, 0.97);
  one->client(8, hello(made.room, "Fanny"));
  EXPECT_EQ(one->sent(8, "error")["code"], "server_full_singers") << "the core is busy";
}

TEST_F(ConductorCrowd, WhereNobodyIsToBeRefusedABusyCoreRefusesNobodyEither) {
  config_.refuse_singers = false;
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  capacity(*one, 1, 0.99);
  join(*one, 1, made.room, "Anna");
  join(*one, 2, made.room, "Berta");
  EXPECT_EQ(segment_->shard(0).singers_refused.get(), 0u);
}

TEST_F(ConductorCrowd, FullShardSendsSingersToOneThatHasRoom) {
  start();
  const auto one = shard(0);
  const auto two = shard(1);
  const Made made = make_room(*one);
  make_room(*two);
  capacity(*one, 0);
  one->client(1, hello(made.room, "Anna"));
  EXPECT_EQ(one->next("expel")["code"], 1001) << "she connects again";
  capacity(*two, 0);
  http(*two, "GET", "/api/internal/counts");  // it has been heard
  one->client(2, hello(made.room, "Anna"));
  EXPECT_EQ(one->sent(2, "error")["code"], "server_full_singers");
}

TEST_F(ConductorCrowd, MeasuresChooseTheIntervalOfTheNextSong) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna");
  join(*one, 2, made.room, "Berta");
  one->say({{"op", "measure"}, {"rows", {{1, 300.0, 0.0, -20.0, 250}, {2, 50.0, 0.0, -20.0, 250}, {99, 1.0, 1.0, 1.0}}}});
  one->client(1, {{"type", "lead"}});
  one->client(1, {{"type", "start"}});
  const json settings = one->to_room("settings")["settings"];
  EXPECT_EQ(settings["interval"], "automatic");
  EXPECT_EQ(settings["interval_blocks"], 21);
  EXPECT_EQ(one->to_room("song")["song"]["state"], "playing");
  EXPECT_EQ(only_room().interval_blocks, 21);
}

TEST_F(ConductorCrowd, LevelsGoFromAShardToTheConsoleAndToNobodyElse) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Olga", {{"key", made.key}});
  const std::string anna = join(*one, 2, made.room, "Anna")["you"]["id"];
  EXPECT_EQ(only_room().watched, 0u);
  one->client(1, {{"type", "console"}, {"open", true}});
  EXPECT_EQ(one->sent(1, "console")["solo"], json::array());
  EXPECT_EQ(only_room().watched, 1u);
  const json rows = {{2, -3.0, -20.0, -14.0, nullptr, 1}, {77, 0.0, 0.0, 0.0, nullptr, 0}};
  const uint32_t generation = only_room().generation;
  one->say({{"op", "levels"}, {"row", 3}, {"generation", generation}, {"rows", rows}});
  one->say({{"op", "levels"}, {"row", 0}, {"generation", generation + 1}, {"rows", rows}});
  one->say({{"op", "levels"}, {"row", 0}, {"generation", generation}, {"rows", rows}});
  EXPECT_EQ(one->sent(1, "levels")["people"], json::array({json{anna, -3.0, -20.0, -14.0, nullptr, 1, nullptr, 0.0}}));
  // What the console sets is told to the shard that she is on.
  one->client(1, {{"type", "volume"}, {"person", anna}, {"volume", 1.5}});
  EXPECT_NEAR(one->next("admit")["gain"].get<double>(), 5.623757, 1e-6);
}

}  // namespace
}  // namespace roundelay::conductor_crowd_test
