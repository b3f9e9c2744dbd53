// The leader holds her level in a follower's mix, however many sing: measured through real processes. Takes half a minute: run by
// hand.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdio>
#include <numbers>

#include "mixer/position.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::leader_level_test {
namespace {

// The level of a tone of `hz` in a sound, dB.
double tone_db(std::span<const float> sound, double hz) {
  std::complex<double> sum = 0;
  for (size_t i = 0; i < sound.size(); ++i)
    sum += static_cast<double>(sound[i]) * std::polar(1.0, -2 * std::numbers::pi * hz * static_cast<double>(i) / kSampleRate);
  return 20 * std::log10(2 * std::abs(sum) / static_cast<double>(sound.size()));
}

// What somebody in the last bucket hears of a leader who sings a tone among `others`.
double leader_heard_db(int others) {
  constexpr double kHz = 1'000;
  Server server(2, {{"default_interval_ms", 400}, {"lead_in_ms", 600}});
  const auto made = server.make_room();
  const std::string room = made.at("room");
  const TemporaryFolder& folder = server.folder();
  std::vector<float> tone(static_cast<size_t>(6 * kSampleRate));
  for (size_t i = 0; i < tone.size(); ++i)
    tone[i] = static_cast<float>(0.1 * std::sin(2 * std::numbers::pi * kHz * static_cast<double>(i) / kSampleRate));
  write_sound(folder / "tone.wav", tone);
  Process choir({ROUNDELAY_PROGRAM, "load", "--url", server.url(), "--room", room, "--no-lead", "--singers",
                 std::to_string(others), "--loop-seconds", "3"});
  const auto ear = server.sing(room, {"--listener", "--name", "Ear", "--bucket", "6", "--mix-out", folder / "mix.wav"});
  const auto leader = server.sing(room, {"--name", "Leader", "--in", folder / "tone.wav", "--lead", "--key", made.at("key"),
                                         "--start-when", std::to_string(others + 2), "--stop-after", "6"});
  EXPECT_EQ(leader->wait(std::chrono::seconds(60)), 0) << leader->output();
  EXPECT_EQ(ear->wait(), 0) << ear->output();
  const std::vector<float> mix = read_mono(folder / "mix.wav");
  EXPECT_GT(mix.size(), 5U * kSampleRate);
  return tone_db(std::span(mix).subspan(kSampleRate, 4 * kSampleRate), kHz);
}

// Buckets 2 to 6 share the others: of 120 the last one hears 96.
TEST(LeaderLevel, IsHeldWithinADecibelFromTwoToAHundredVoices) {
  const double with_one = leader_heard_db(1);
  EXPECT_NEAR(with_one, 20 * std::log10(0.1 * 1.995799 * 1.2 * 0.866025), 0.5);
  for (const int others : {12, 120}) {
    const double heard = leader_heard_db(others);
    EXPECT_NEAR(heard, with_one, 1) << others;
    std::printf("leader among %d others: %.2f dB against %.2f dB\n", others, heard, with_one);
  }
}

}  // namespace
}  // namespace roundelay::e2e::leader_level_test
