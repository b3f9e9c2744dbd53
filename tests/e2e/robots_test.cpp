// "Try it with a robot choir": one click, and within half a minute eight voices are heard in time.
#include <gtest/gtest.h>
#include <signal.h>

#include <sstream>

#include "codec/opus.h"
#include "server/singer/robot_choir.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e {
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
}  // namespace roundelay::e2e
