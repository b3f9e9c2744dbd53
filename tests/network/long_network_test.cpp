// Three minutes over lines from near and far, with the interval that the server chooses: it must leave nobody late, and waste
// no time either (issue: at most 1.5 times the slowest singer's 99th percentile, or the least automatic interval).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "tests/e2e/sound_check.h"
#include "tests/network/song_over_lines.h"

namespace roundelay::network {
namespace {

constexpr double kSongSeconds = 180;
constexpr auto kMeasuring = std::chrono::seconds(12);  // probes between joining and the song
constexpr double kLeastIntervalMs = 200;

class Automatic : public ::testing::TestWithParam<std::vector<double>> {};

TEST_P(Automatic, TheChosenIntervalLeavesNobodyLate) {
  std::vector<LineSettings> lines;
  for (const double round_trip_ms : GetParam()) lines.push_back(line_of_round_trip(round_trip_ms, 0.005));
  SongOverLines song(lines, 11, {{"lead_in_ms", 1500}});
  ASSERT_EQ(song.settings().at("interval"), "automatic");
  e2e::write_sound(song.folder() / "voice.wav", e2e::hum_with_clicks(kSongSeconds, 310, 0.02F, {}, 0));

  // Two behind each line; the leader is the first to come, and starts when all have been there for a while.
  const auto leaves = static_cast<int>(lines.size());
  const std::vector<std::string> voice{"--in", song.folder() / "voice.wav"};
  for (int i = 0; i < 2 * leaves - 1; ++i) {
    auto arguments = voice;
    arguments.insert(arguments.end(), {"--name", "Singer " + std::to_string(i + 2)});
    song.sing((i + 1) % leaves, arguments);
  }
  std::this_thread::sleep_for(kMeasuring);
  auto arguments = voice;
  arguments.insert(arguments.end(), {"--name", "Leader", "--start-when", std::to_string(2 * leaves), "--key", song.key(),
                                     "--stop-after", std::to_string(kSongSeconds)});
  song.sing(0, arguments);
  const auto ends = song.wait(std::chrono::seconds(400));

  double slowest_ms = 0;
  for (const auto& end : ends) {
    EXPECT_EQ(end.at("exit_code"), 0) << end;
    EXPECT_EQ(end.at("lost"), 0) << end;
    slowest_ms = std::max(slowest_ms, end.at("loop_ms").get<double>());
    std::printf("loop_ms %6.1f  late_percent %5.2f\n", end.at("loop_ms").get<double>(), end.at("late_percent").get<double>());
  }
  const double interval_ms = song.settings().at("interval_blocks").get<double>() * 20;
  std::printf("interval %g ms, slowest singer's 99th percentile %g ms, late %.4f %%\n", interval_ms, slowest_ms,
              100 * song.late_share());
  EXPECT_LT(song.late_share(), 0.001);
  EXPECT_LE(interval_ms, std::max(kLeastIntervalMs, 1.5 * slowest_ms));
}

INSTANTIATE_TEST_SUITE_P(RoundTrips, Automatic,
                         ::testing::Values(std::vector<double>{20}, std::vector<double>{80}, std::vector<double>{200},
                                           std::vector<double>{20, 80, 200}),
                         [](const auto& lines) {
                           std::string name = "Ms";
                           for (const double ms : lines.param) name += "_" + std::to_string(static_cast<int>(ms));
                           return name;
                         });

}  // namespace
}  // namespace roundelay::network
