// Three minutes over lines from near and far, with the interval that the server chooses: it must leave nobody late, and waste
// no time either (issue: at most 1.5 times the slowest singer's 99th percentile, or the least automatic interval).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "tests/e2e/sound_check.h"
#include "tests/network/song_over_lines.h"

namespace roundelay::network::long_network_test {
namespace {

constexpr double kSongSeconds = 180;
constexpr auto kMeasuring = std::chrono::seconds(12);  // probes between joining and the song
constexpr double kLeastIntervalMs = 200;
constexpr int kLeastSingers = 4;  // those in the last bucket have nobody to be late for

class Automatic : public ::testing::TestWithParam<std::vector<double>> {};

TEST_P(Automatic, TheChosenIntervalLeavesNobodyLate) {
  std::vector<LineSettings> lines;
  for (const double round_trip_ms : GetParam()) lines.push_back(line_of_round_trip(round_trip_ms, 0.005));
  SongOverLines song(lines, 11, {{"lead_in_ms", 1500}});
  ASSERT_EQ(song.settings().at("interval"), "automatic");
  e2e::write_sound(song.folder() / "voice.wav", e2e::hum_with_clicks(kSongSeconds, 310, 0.02F, {}, 0));

  // The leader starts when a listener has come; all others have been there for a while by then, and were measured.
  const auto leaves = static_cast<int>(lines.size());
  const int singers = std::max(kLeastSingers, 2 * leaves);
  for (int i = 0; i < singers; ++i) {
    std::vector<std::string> arguments{"--in", song.folder() / "voice.wav", "--name", "Singer " + std::to_string(i + 1)};
    if (i == 0)
      arguments.insert(arguments.end(), {"--start-when", std::to_string(singers + 1), "--key", song.key(), "--stop-after",
                                         std::to_string(kSongSeconds)});
    song.sing(i % leaves, arguments);
  }
  std::this_thread::sleep_for(kMeasuring);
  song.sing(0, {"--name", "Listener", "--listener"});
  const auto ends = song.wait(std::chrono::seconds(400));

  double slowest_ms = 0;
  for (const auto& end : ends) {
    EXPECT_EQ(end.at("exit_code"), 0) << end;
    EXPECT_EQ(end.at("lost"), 0) << end;
    if (end.at("loop_ms").is_null()) continue;  // the listener
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
}  // namespace roundelay::network::long_network_test
