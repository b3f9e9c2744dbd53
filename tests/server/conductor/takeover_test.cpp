// A conductor that dies and one that takes over; the process body.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "tests/server/conductor/conductor_fixture.h"
#include "tests/server/store/logged.h"

namespace roundelay::takeover_test {
namespace {

using nlohmann::json;

class TakeoverTest : public ConductorTest {
 protected:
  json facts(uint64_t session, const json& you, const std::string& room) const {
    return {{"session", session},
            {"person", std::stoull(you["id"].get<std::string>())},
            {"row", 0},
            {"generation", only_room().generation},
            {"room", room},
            {"name", you["name"]},
            {"bucket", you["bucket"]},
            {"role", you["role"]},
            {"muted", you["muted"]},
            {"organiser", false},
            {"robot", false}};
  }
  // run_conductor in a process of its own, whose socket answers.
  pid_t fork_conductor() {
    const pid_t child = fork();
    if (child == 0) _exit(run_conductor(config_));
    return child;
  }
  std::unique_ptr<ScriptedShard> shard_when_there(int index, const json& sessions = json::array()) {
    const std::string path = config_.control_socket();
    EXPECT_TRUE(loop_.run_until([&] {
      const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
      const bool there = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
      close(fd);
      return there;
    }));
    return shard(index, sessions);
  }
};

TEST_F(TakeoverTest, AShardOfAnotherVersionIsTurnedAwayAndTheLogSaysSoOnce) {
  start();
  const json other{{"op", "shard"}, {"index", 3}, {"version", link::kLinkVersion + 1}, {"sessions", json::array()}};
  const std::string log = test::logged([&] {
    for (int i = 0; i < 3; ++i) {
      ScriptedShard shard(loop_, config_.control_socket());
      shard.say(other);
      EXPECT_TRUE(shard.cut_off());
    }
  });
  const size_t first = log.find("shard 3 speaks version");
  EXPECT_NE(first, std::string::npos) << log;
  EXPECT_EQ(log.find("shard 3 speaks version", first + 1), std::string::npos) << log;
}

TEST_F(TakeoverTest, RunningSongGoesOnUntouched) {
  start();
  json anna, berta;
  Made made;
  {
    const auto one = shard(0);
    made = make_room(*one);
    anna = join(*one, 1, made.room, "Anna", {{"key", made.key}})["you"];
    berta = join(*one, 2, made.room, "Berta")["you"];
    one->client(2, {{"type", "mute"}, {"muted", true}});
    one->client(1, {{"type", "lead"}});
    one->client(1, {{"type", "start"}});
    one->to_room("song");
  }
  const RoomState before = only_room();
  const uint64_t version = segment_->room(0).state.version();
  stop();

  start();
  EXPECT_EQ(segment_->room(0).state.version(), version) << "not even written again";
  const auto one = shard(0, json::array({facts(1, anna, made.room), facts(2, berta, made.room)}));
  const json leader = one->next("admit", [](const json& o) { return o["session"] == 1; });
  EXPECT_EQ(leader["leader"], true);
  EXPECT_EQ(leader["organiser"], true) << "the store knows better than the shard";
  EXPECT_EQ(leader["bucket"], 1);
  EXPECT_EQ(one->next("admit", [](const json& o) { return o["session"] == 2; })["muted"], true);
  const RoomState after = only_room();
  EXPECT_EQ(std::memcmp(&before, &after, sizeof before), 0);

  const json clara = join(*one, 3, made.room, "Clara");
  EXPECT_EQ(clara["song"]["state"], "playing");
  EXPECT_EQ(clara["song"]["start"], before.song_start);
  EXPECT_EQ(clara["leader"], anna["id"]);
  EXPECT_EQ(clara["people"].size(), 3u);
  one->client(1, {{"type", "stop"}, {"now", true}});
  EXPECT_EQ(one->to_room("song")["song"]["state"], "none");
  EXPECT_EQ(only_room().generation, before.generation);
}

TEST_F(TakeoverTest, WhoDidNotComeBackIsShownAsLost) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json anna = join(*one, 1, made.room, "Anna")["you"];
  const json berta = join(*one, 2, made.room, "Berta")["you"];
  stop();
  one.reset();
  start();
  one = shard(0, json::array({facts(1, anna, made.room)}));
  const json person = one->to_room("person")["person"];
  EXPECT_EQ(person["id"], berta["id"]);
  EXPECT_EQ(person["connected"], false);
}

TEST_F(TakeoverTest, SessionOfARoomThatIsNoMoreIsSentToReconnect) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  json stale = facts(1, join(*one, 1, made.room, "Anna")["you"], made.room);
  one->say({{"op", "closed"}, {"session", 1}});
  stale["generation"] = stale["generation"].get<uint32_t>() ^ 1U;
  const auto two = shard(1, json::array({stale}));
  const json expel = two->next("expel");
  EXPECT_EQ(expel["session"], 1);
  EXPECT_EQ(expel["code"], 1001);
}

TEST_F(TakeoverTest, RowOfARoomThatNobodyKnowsIsFreed) {
  RoomState state;
  state.generation = 77;
  std::strcpy(state.id, "nosuchroom");
  segment_->room(1).state.store(state);
  segment_->room(1).lane_mask(LaneKind::kVoices).store(3);
  start();
  EXPECT_EQ(only_room().generation, 0u);
  EXPECT_EQ(segment_->room(1).lane_mask(LaneKind::kVoices).load(), 0u);
}

TEST_F(TakeoverTest, RowWithAStateThatCannotBeIsFreed) {
  start();
  Made made;
  {
    const auto one = shard(0);
    made = make_room(*one);
    join(*one, 1, made.room, "Anna");
  }
  stop();
  RoomState state = only_room();
  state.ring_blocks = 4095;
  state.song_start = INT64_MIN;
  segment_->room(0).state.store(state);
  start();
  EXPECT_EQ(only_room().generation, 0u);
  const auto one = shard(0);
  EXPECT_EQ(join(*one, 2, made.room, "Anna")["song"]["state"], "none") << "and the room is there for whoever comes again";
}

TEST_F(TakeoverTest, MemoryOfASongLastsAsLongAsTheSongWhateverConductorReservedIt) {
  start();
  json anna;
  Made made;
  {
    const auto one = shard(0);
    made = make_room(*one);
    anna = join(*one, 1, made.room, "Anna")["you"];
    one->client(1, {{"type", "lead"}});
    one->client(1, {{"type", "start"}});
    one->to_room("song");
  }
  const uint64_t with_song = segment_->memory().used_bytes;
  stop();
  start();
  const auto one = shard(0, json::array({facts(1, anna, made.room)}));
  one->next("admit", [](const json& o) { return o["session"] == 1; });
  EXPECT_EQ(segment_->memory().used_bytes, with_song);
  // A conductor that dies before it came to a row that it had freed.
  stop();
  segment_->room(0).state.store(RoomState{});
  start();
  EXPECT_TRUE(loop_.run_until([&] { return segment_->memory().used_bytes + segment_->song_bytes(256) <= with_song; }));
}

TEST_F(TakeoverTest, WholeServerStartedAgainKnowsItsPeopleByTheirTokens) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json anna = join(*one, 1, made.room, "Anna", {{"bucket", 5}, {"key", made.key}});
  stop();
  one.reset();
  segment_->room(0).state.store(RoomState{});  // shared memory of a new server is empty
  segment_->clear_room(0);
  segment_->release_song(0);
  start();
  one = shard(0);
  const json again = join(*one, 1, made.room, "Anna", {{"token", anna["token"]}});
  EXPECT_EQ(again["you"]["id"], anna["you"]["id"]);
  EXPECT_EQ(again["you"]["bucket"], 5);
  EXPECT_EQ(again["organiser"], true);
}

TEST_F(TakeoverTest, WholeServerStartedAgainCountsItsSongsOnAndKeepsTheLeader) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json anna = join(*one, 1, made.room, "Anna");
  one->client(1, {{"type", "lead"}});
  one->client(1, {{"type", "start"}, {"id", 1}});
  EXPECT_EQ(one->sent(1, "done")["number"], 1);
  stop();
  one.reset();
  segment_->room(0).state.store(RoomState{});  // shared memory of a new server is empty
  segment_->clear_room(0);
  segment_->release_song(0);
  start();
  one = shard(0);
  const json berta = join(*one, 2, made.room, "Berta");
  EXPECT_EQ(berta["leader"], anna["you"]["id"]) << "her place is kept, and the lead with it";
  EXPECT_EQ(berta["song"]["number"], 1);
  EXPECT_EQ(berta["song"]["state"], "none");
  const json again = join(*one, 1, made.room, "Anna", {{"token", anna["token"]}});
  EXPECT_EQ(again["leader"], anna["you"]["id"]);
  one->client(1, {{"type", "start"}, {"id", 2}});
  EXPECT_EQ(one->sent(1, "done")["number"], 2);
  EXPECT_EQ(only_room().song_number, 2u);
}

TEST_F(TakeoverTest, SongNumbersGoOnOverAConductorsRestart) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json anna = join(*one, 1, made.room, "Anna")["you"];
  one->client(1, {{"type", "lead"}});
  one->client(1, {{"type", "start"}, {"id", 1}});
  one->client(1, {{"type", "stop"}, {"now", true}, {"id", 2}});
  one->sent(1, "done");
  one->sent(1, "done");
  stop();
  one.reset();
  start();
  one = shard(0, json::array({facts(1, anna, made.room)}));
  one->client(1, {{"type", "start"}, {"id", 3}});
  EXPECT_EQ(one->sent(1, "done")["number"], 2);
}

TEST_F(TakeoverTest, ProcessSurvivesKillAndEndsCleanly) {
  pid_t child = fork_conductor();
  auto one = shard_when_there(0);
  const Made made = make_room(*one);
  const json welcome = join(*one, 1, made.room, "Anna");
  one->client(1, {{"type", "lead"}});
  one->client(1, {{"type", "start"}});
  one->to_room("song");
  const RoomState before = only_room();
  kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(one->cut_off());

  const RoomState meanwhile = only_room();
  EXPECT_EQ(std::memcmp(&before, &meanwhile, sizeof before), 0);
  child = fork_conductor();
  one = shard_when_there(0, json::array({facts(1, welcome["you"], made.room)}));
  EXPECT_EQ(one->next("admit")["leader"], true);
  one->client(1, {{"type", "stop"}});
  EXPECT_EQ(one->to_room("song")["song"]["number"], 1);
  kill(child, SIGTERM);
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(TakeoverTest, ProcessWithoutSharedMemorySaysSo) {
  Segment::remove(config_.segment_name());
  EXPECT_THROW(static_cast<void>(run_conductor(config_)), std::runtime_error);
}

}  // namespace
}  // namespace roundelay::takeover_test
