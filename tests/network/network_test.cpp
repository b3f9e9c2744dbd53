// A song over a line with a round trip of 80 ms, jitter and loss.
#include <gtest/gtest.h>

#include "tests/e2e/sound_check.h"
#include "tests/network/song_over_lines.h"

namespace roundelay::network::network_test {
namespace {

using e2e::find_click;
using e2e::Found;

TEST(Network, ASongOverALossyLineIsInTimeToTheSample) {
  constexpr double kSeconds = 5;
  constexpr double kRoundTripMs = 80;
  const std::vector<int64_t> clicks{48'000, 48'000 + 70'456, 48'000 + 140'007};
  SongOverLines song({line_of_round_trip(kRoundTripMs, 0.005)}, 5, {{"default_interval_ms", 1000}, {"lead_in_ms", 1000}});
  for (const auto& [name, hz] : {std::pair{"1", 310.0}, {"2", 350.0}})
    e2e::write_sound(song.folder() / (std::string(name) + ".wav"), e2e::hum_with_clicks(kSeconds, hz, 0.02F, clicks, 0.1F));
  song.sing(0, {"--name", "Ben", "--bucket", "2", "--in", song.folder() / "2.wav", "--mix-out", song.folder() / "mix.wav"});
  song.sing(0, {"--name", "Ann", "--bucket", "1", "--in", song.folder() / "1.wav", "--start-when", "2", "--key", song.key(),
                "--stop-after", std::to_string(kSeconds)});
  for (const auto& end : song.wait(std::chrono::seconds(40))) {
    EXPECT_EQ(end.at("exit_code"), 0) << end << song.log();
    EXPECT_EQ(end.at("lost"), 0) << end;
    EXPECT_GT(end.at("loop_ms").get<double>(), kRoundTripMs) << "the line is really there";
  }
  EXPECT_LT(song.late_share(), 0.001);
  const auto heard = e2e::read_mono(song.folder() / "mix.wav");
  for (const int64_t at : clicks) EXPECT_EQ(find_click(heard, at).error_samples, 0) << at;
}

}  // namespace
}  // namespace roundelay::network::network_test
