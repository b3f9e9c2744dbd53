// "Try it with a robot choir": one click, and within half a minute eight voices are heard in time.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <sstream>

#include "codec/opus.h"
#include "server/robots/robot_choir.h"
#include "server/wire/sound/mix_message.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::robots_test {
namespace {

using Clock = std::chrono::steady_clock;

TEST(RobotChoir, IsHeardAtTheEndOfTheLineAsItsPartsRenderedOffLine) {
  constexpr double kSeconds = 26;  // all four parts have come in by then
  const Server server(2);
  const auto begun = Clock::now();
  const std::string room = server.make_room({{"robots", true}}).at("room");
  const std::string file = server.folder() / "heard.wav";
  const auto listener = server.sing(room, {"--listener", "--name", "Lena", "--bucket", "5", "--mix-out", file});
  int64_t start = 0;
  int most_people = 0;
  double first_voice_s = 0;
  const bool heard = wait_until(
      [&] {
        std::istringstream lines(listener->output());
        double heard_s = 0;
        for (std::string line; std::getline(lines, line);) {
          const auto json = nlohmann::json::parse(line, nullptr, false);
          if (!json.is_object()) continue;
          if (json.value("event", "") == "begins") start = json.at("start");
          if (json.value("event", "") != "heard") continue;
          heard_s = static_cast<double>(json.at("position").get<int64_t>() - start) / 48'000;
          most_people = std::max(most_people, json.at("people").get<int>());
          if (most_people > 0 && first_voice_s == 0) first_voice_s = std::chrono::duration<double>(Clock::now() - begun).count();
        }
        return heard_s > kSeconds + 1;
      },
      90s);
  ASSERT_TRUE(heard) << listener->output() << server.log();
  listener->signal(SIGTERM);
  ASSERT_EQ(listener->wait(), 0) << listener->output();
  EXPECT_LT(first_voice_s, 30);
  EXPECT_EQ(most_people, 8);

  std::vector<std::vector<float>> parts;
  for (int i = 0; i < kRobots; ++i) parts.push_back(render_robot_part(i));
  std::vector<ChoirVoice> voices;
  for (int i = 0; i < kRobots; ++i) voices.push_back({parts[static_cast<size_t>(i)], i == 0});
  const auto expected = offline_sum(voices, kLowDelaySamples);
  const auto sound = read_mono(file);
  const size_t length = static_cast<size_t>(kSeconds * 48'000);
  ASSERT_GE(sound.size(), length);
  const double at_zero = correlation(std::span(sound).first(length), std::span(expected).first(length));
  EXPECT_GT(at_zero, 0.98);
  RecordProperty("correlation", std::to_string(at_zero));
  for (const size_t lag : {1U, 2U, 5U, 960U}) {
    EXPECT_LT(correlation(std::span(sound).subspan(lag, length - lag), std::span(expected).first(length - lag)), at_zero) << lag;
    EXPECT_LT(correlation(std::span(sound).first(length - lag), std::span(expected).subspan(lag, length - lag)), at_zero)
        << -static_cast<int>(lag);
  }
  EXPECT_NEAR(rms(std::span(sound).first(length)) / rms(std::span(expected).first(length)), 1, 0.05);
}

// Short songs in a quick room: `roundelay robots` as the conductor starts it, and somebody who watches.
class ShortSongs : public ::testing::Test {
 protected:
  void start_robots(const std::vector<std::string>& more) {
    std::vector<std::string> argv{"/usr/bin/env",    "ROUNDELAY_KEY=" + made.at("key").get<std::string>(),
                                  ROUNDELAY_PROGRAM, "robots",
                                  "--url",           server.url(),
                                  "--room",          made.at("room"),
                                  "--pause",         "0.2"};
    argv.insert(argv.end(), more.begin(), more.end());
    robots = std::make_unique<Process>(argv);
  }
  // The next song that begins to play.
  nlohmann::json next_song(RawClient& client) {
    while (const auto message = client.receive_type("song", 10s)) {
      const auto& song = message->at("song");
      if (song.at("state") == "playing" && song.at("end").is_null()) return song;
    }
    return {};
  }
  // True when a mix of this song with so many voices has come.
  bool hears(RawClient& client, uint32_t song, int people) {
    while (const auto message = client.receive(10s)) {
      if (message->opcode != 2) continue;
      const auto mix = wire::parse_mix(message->bytes);
      if (mix && mix->song == song && mix->blocks[0].people >= people) return true;
    }
    return false;
  }
  // True when this person has become the leader.
  bool leads(RawClient& client, const std::string& id) {
    while (const auto message = client.receive_type("leader", 10s)) {
      if (message->at("leader") == id) return true;
    }
    return false;
  }

  Server server{1, {{"lead_in_ms", 100}, {"default_interval_ms", 60}, {"default_buckets", 5}}};
  nlohmann::json made = server.make_room();
  std::unique_ptr<Process> robots;
};

// Ten songs last some ten seconds: the fault that this guards against showed only from the second song on.
TEST_F(ShortSongs, TheChoirSingsOnAndOnAndEverySongOfTenIsWholeAndStartedOnce) {
  constexpr int kSongs = 10;
  constexpr int64_t kLeast = 48'000 / 2;
  RawClient watcher(server.port());
  const auto welcome = watcher.enter(made.at("room"), "Lena", {{"role", "listener"}});
  ASSERT_EQ(welcome.value("type", ""), "welcome") << welcome;
  start_robots({"--song-seconds", "0.5", "--songs", std::to_string(kSongs)});
  std::vector<uint32_t> begun;
  int64_t start = 0;
  std::vector<int64_t> lengths;
  while (static_cast<int>(lengths.size()) < kSongs) {
    const auto message = watcher.receive_type("song", 20s);
    ASSERT_TRUE(message) << "after " << lengths.size() << " songs: " << server.log();
    const auto& song = message->at("song");
    if (song.at("end").is_null()) {
      begun.push_back(song.at("number"));
      start = song.at("start");
    } else if (song.at("state") == "none") {
      lengths.push_back(song.at("end").get<int64_t>() - start);
    }
  }
  ASSERT_EQ(begun.size(), static_cast<size_t>(kSongs));
  for (int i = 0; i < kSongs; ++i) {
    EXPECT_EQ(begun[static_cast<size_t>(i)], static_cast<uint32_t>(i + 1));
    EXPECT_GE(lengths[static_cast<size_t>(i)], kLeast) << "song " << i + 1 << " was stopped too early";
  }
  EXPECT_EQ(robots->wait(), 0);
}

TEST_F(ShortSongs, AHumanLeadsTheRobotsAndTheyLeadAgainWhenSheHandsItBackOrLeaves) {
  RawClient human(server.port());
  const auto welcome = human.enter(made.at("room"), "Hilda");
  ASSERT_EQ(welcome.value("type", ""), "welcome");
  const std::string me = welcome.at("you").at("id");
  start_robots({"--song-seconds", "1.5"});
  ASSERT_FALSE(next_song(human).is_null());
  human.send_json({{"type", "lead"}, {"id", 1}});  // in their song: hers when it is over
  ASSERT_TRUE(leads(human, me)) << server.log();
  human.send_json({{"type", "bucket"}, {"bucket", 5}});  // to hear them all
  human.send_json({{"type", "start"}, {"id", 2}});
  auto song = next_song(human);
  ASSERT_FALSE(song.is_null());
  EXPECT_TRUE(hears(human, song.at("number"), 2)) << "they sing along to her song";
  human.send_json({{"type", "stop"}, {"now", true}});
  const auto over = [&] {
    while (const auto message = human.receive_type("song", 10s)) {
      if (message->at("song").at("state") == "none") return true;
    }
    return false;
  };
  ASSERT_TRUE(over());
  human.send_json({{"type", "give_lead"}, {"id", 3}});
  song = next_song(human);
  ASSERT_FALSE(song.is_null()) << "they lead again";
  const uint32_t number = song.at("number");

  human.send_json({{"type", "lead"}, {"id", 4}});
  ASSERT_TRUE(leads(human, me));
  RawClient watcher(server.port());
  ASSERT_EQ(watcher.enter(made.at("room"), "Lena", {{"role", "listener"}}).at("leader"), me);
  human.send_json({{"type", "leave"}});
  song = next_song(watcher);
  ASSERT_FALSE(song.is_null()) << "they lead again when she has left";
  EXPECT_GT(song.at("number").get<uint32_t>(), number);
}

TEST(RobotChoir, TheOrganisersKeyIsInNoCommandLine) {
  Server server(1);
  const std::string key = server.make_room({{"robots", true}}).at("key");
  const auto conductor = server.pids("conductor").at(0);
  std::string robots;
  ASSERT_TRUE(wait_until([&] {
    const auto children = children_of(conductor);
    robots = children.empty() ? "" : command_line(children[0]);
    return robots.find("robots") != std::string::npos;
  }));
  EXPECT_NE(robots.find("--room"), std::string::npos);
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    EXPECT_EQ(command_line(std::stoi(name)).find(key), std::string::npos) << command_line(std::stoi(name));
  }
}

TEST(RobotChoir, OnlySoManyAtOnceAndTheyEndWithTheServer) {
  Server server(1, {{"max_robot_rooms", 1}});
  (void)server.make_room({{"robots", true}});
  const HttpAnswer second = server.request("POST", "/api/rooms", R"({"robots": true})");
  EXPECT_EQ(second.status, 503);
  EXPECT_GT(second.json().at("error").at("message").get<std::string>().size(), 20U);
  const auto conductor = server.pids("conductor").at(0);
  std::vector<pid_t> robots;
  ASSERT_TRUE(wait_until([&] {
    robots = children_of(conductor);
    return !robots.empty() && command_line(robots[0]).find("robots") != std::string::npos;
  }));
  server.process().signal(SIGTERM);
  ASSERT_EQ(server.process().wait(), 0);
  EXPECT_TRUE(wait_until([&] { return command_line(robots[0]).empty(); }));
}

}  // namespace
}  // namespace roundelay::e2e::robots_test
