// Processes die in the middle of a song, and the song goes on.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::crash_test {
namespace {

const nlohmann::json kQuick{{"default_interval_ms", 200}, {"lead_in_ms", 300}};

// The JSON lines of a singer.
std::vector<nlohmann::json> events(Process& singer, const std::string& kind) {
  std::vector<nlohmann::json> found;
  std::istringstream lines(singer.output());
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.value("event", "") == kind) found.push_back(json);
  }
  return found;
}

int64_t blocks_heard(Process& singer) {
  const auto heard = events(singer, "heard");
  return heard.empty() ? 0 : heard.back().at("blocks").get<int64_t>();
}

class Crash : public ::testing::Test {
 protected:
  // A leader and five more, who sing until the leader stops after `seconds`.
  void start_song(Server& server, const std::string& room, const std::string& seconds,
                  const std::vector<std::string>& of_leader = {}) {
    for (int i = 1; i < 6; ++i) singers.push_back(server.sing(room, {"--name", "Singer " + std::to_string(i)}));
    std::vector<std::string> leading{"--name", "Leader", "--start-when", "6", "--stop-after", seconds};
    leading.insert(leading.end(), of_leader.begin(), of_leader.end());
    singers.push_back(server.sing(room, leading));
    ASSERT_TRUE(wait_until([&] {
      return std::all_of(singers.begin(), singers.end(), [](auto& singer) { return blocks_heard(*singer) >= 50; });
    })) << server.log();
  }

  void lose_a_shard(int signal, std::chrono::milliseconds all_back_within);

  std::vector<std::unique_ptr<Process>> singers;
};

// One shard of two gets this signal in the middle of a song.
void Crash::lose_a_shard(int signal, std::chrono::milliseconds all_back_within) {
  Server server(2, kQuick);
  const std::string room = server.make_room().at("room");
  start_song(server, room, "7");
  const auto before = server.status();
  const auto shards = server.pids("shard");
  ASSERT_EQ(shards.size(), 2U);
  // The shard that has more people is the one to die.
  const int victim = before.at("shards").at(0).at("sessions") >= before.at("shards").at(1).at("sessions") ? 0 : 1;
  const auto killed_at = std::chrono::steady_clock::now();
  kill(before.at("shards").at(static_cast<size_t>(victim)).at("pid").get<pid_t>(), signal);
  const size_t lost = before.at("shards").at(static_cast<size_t>(victim)).at("sessions");
  ASSERT_GT(lost, 0U);
  // Everybody is back: six sessions again, each in the bucket it had.
  EXPECT_TRUE(wait_until(
      [&] {
        size_t returned = 0;
        for (auto& singer : singers) returned += events(*singer, "welcome").size() - 1;
        return returned == lost;
      },
      all_back_within))
      << server.log();
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - killed_at).count();
  RecordProperty("seconds_until_all_were_back", std::to_string(seconds));
  size_t undisturbed = 0;
  for (auto& singer : singers) {
    ASSERT_EQ(singer->wait(30s), 0) << singer->output() << server.log();
    const auto welcomes = events(*singer, "welcome");
    const auto done = events(*singer, "done").at(0);
    if (welcomes.size() == 1) {
      ++undisturbed;
      EXPECT_EQ(done.at("lost"), 0) << "somebody on the other shard missed a block: " << singer->output();
      continue;
    }
    // Where she was before, by the last word on her bucket before the connection was lost.
    int bucket = welcomes.at(0).at("bucket");
    std::istringstream lines(singer->output());
    for (std::string line; std::getline(lines, line);) {
      const auto json = nlohmann::json::parse(line, nullptr, false);
      if (json.value("event", "") == "lost") break;
      if (json.value("event", "") == "bucket") bucket = json.at("bucket");
    }
    EXPECT_EQ(welcomes.at(1).at("bucket"), bucket) << singer->output();
    EXPECT_EQ(welcomes.at(1).at("you"), welcomes.at(0).at("you"));
  }
  EXPECT_EQ(undisturbed, 6 - lost);
}

TEST_F(Crash, TheOnlyShardIsKilledInASongAndEverybodyIsBackInIt) {
  Server server(1, kQuick);
  const std::string room = server.make_room().at("room");
  start_song(server, room, "6");
  const pid_t killed = server.pids("shard").at(0);
  kill(killed, SIGKILL);
  const auto has_heard_it_again = [](const std::unique_ptr<Process>& singer) {
    const auto welcomes = events(*singer, "welcome");
    return welcomes.size() == 2 && blocks_heard(*singer) >= 150;
  };
  EXPECT_TRUE(wait_until([&] { return std::all_of(singers.begin(), singers.end(), has_heard_it_again); })) << server.log();
  for (auto& singer : singers) {
    ASSERT_EQ(singer->wait(30s), 0) << singer->output() << server.log();
    const auto welcomes = events(*singer, "welcome");
    ASSERT_EQ(welcomes.size(), 2U);
    EXPECT_EQ(welcomes.at(1).at("you"), welcomes.at(0).at("you"));
  }
  // One new shard, not one after another.
  EXPECT_EQ(server.status().at("shards").at(0).at("starts"), 2);
  EXPECT_NE(server.pids("shard").at(0), killed);
}

TEST_F(Crash, AKilledShardsSingersAreBackInTheirBucketAndTheOthersNoticeNothing) {
  lose_a_shard(SIGKILL, 3s);
}

TEST_F(Crash, AShardThatStandsStillIsStartedAgainAndTheOthersNoticeNothing) {
  lose_a_shard(SIGSTOP, 5s);
}

TEST_F(Crash, WithoutItsConductorTheSongGoesOnAndStopWorksOnceItIsBack) {
  Server server(2, kQuick);
  const std::string room = server.make_room().at("room");
  start_song(server, room, "4");
  const auto conductors = server.pids("conductor");
  ASSERT_EQ(conductors.size(), 1U);
  kill(conductors[0], SIGKILL);
  // The leader's stop comes seconds later, through the new conductor; nobody has lost a block or her connection.
  for (auto& singer : singers) {
    ASSERT_EQ(singer->wait(30s), 0) << singer->output() << server.log();
    const auto done = events(*singer, "done").at(0);
    EXPECT_EQ(done.at("lost"), 0) << singer->output();
    EXPECT_EQ(done.at("reconnects"), 0);
    EXPECT_EQ(done.at("songs"), 1);
  }
  EXPECT_NE(server.pids("conductor"), conductors);
}

TEST_F(Crash, AStopWhileTheConductorIsAwayIsKeptForTheNext) {
  Server server(1, kQuick);
  const std::string room = server.make_room().at("room");
  RawClient leader(server.port());
  ASSERT_EQ(leader.enter(room, "Leader").value("type", ""), "welcome");
  leader.send_json({{"type", "lead"}});
  leader.send_json({{"type", "start"}});
  ASSERT_TRUE(leader.receive_type("song"));
  kill(server.pids("conductor").at(0), SIGKILL);
  leader.send_json({{"type", "stop"}});
  const auto song = leader.receive_type("song");
  ASSERT_TRUE(song) << server.log();
  EXPECT_TRUE(song->at("song").at("end").is_number());
}

TEST_F(Crash, RoomsAndPeopleComeBackAfterTheWholeServerWasKilled) {
  Server server(1, kQuick);
  const std::string room = server.make_room({{"name", "Vespers"}}).at("room");
  std::string token;
  std::string person;
  {
    RawClient client(server.port());
    const auto welcome = client.enter(room, "Hildegard", {{"bucket", 4}});
    token = welcome.at("token");
    person = welcome.at("you").at("id");
  }
  const auto children = children_of(server.process().pid());
  server.process().signal(SIGKILL);
  for (const pid_t child : children) kill(child, SIGKILL);
  (void)server.process().wait();
  server.start();
  RawClient client(server.port());
  const auto welcome = client.enter(room, "Hildegard", {{"token", token}});
  ASSERT_EQ(welcome.value("type", ""), "welcome") << welcome;
  EXPECT_EQ(welcome.at("you").at("id"), person);
  EXPECT_EQ(welcome.at("you").at("bucket"), 4);
  EXPECT_EQ(welcome.at("room").at("name"), "Vespers");
}

}  // namespace
}  // namespace roundelay::e2e::crash_test
