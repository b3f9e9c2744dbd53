// A minute of a live link, decoded by FFmpeg: no gap, and what the singers sang. Runs by name, because it lasts as long as it is.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <thread>

#include "mixer/gain.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::live_minute_test {
namespace {

constexpr double kSeconds = 60;

// Reads the body until the connection ends.
std::string play(const Server& server, const std::string& path) {
  const int fd = server.connect_to();
  const std::string request = "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
  EXPECT_EQ(send(fd, request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
  std::string all;
  char buffer[4'096];
  for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) all.append(buffer, static_cast<size_t>(n));
  close(fd);
  return all.substr(all.find("\r\n\r\n") + 4);
}

TEST(LiveMinute, IsDecodedWithoutAGapAndIsTheSumOfTheSingers) {
  const Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 600}, {"default_buckets", 3}});
  const auto made = server.make_room();
  const std::string room = made.at("room");
  const TemporaryFolder& folder = server.folder();
  const auto anna = hum_with_clicks(kSeconds, 310, 0.05F, {24'000}, 0.2F);
  const auto berta = hum_with_clicks(kSeconds, 390, 0.05F, {48'000}, 0.2F);
  write_sound(folder / "anna.wav", anna);
  write_sound(folder / "berta.wav", berta);
  RawClient organiser(server.port());
  (void)organiser.enter(room, "Org", {{"key", made.at("key")}, {"role", "listener"}});
  organiser.send_json({{"type", "open_live"}, {"id", 3}});
  const auto done = organiser.receive_type("done");
  ASSERT_TRUE(done.has_value());
  std::string stream;
  std::thread player([&] { stream = play(server, done->at("link")); });
  const auto second = server.sing(room, {"--name", "Berta", "--bucket", "2", "--in", folder / "berta.wav"});
  const auto first = server.sing(room, {"--name", "Anna", "--bucket", "1", "--in", folder / "anna.wav", "--start-when", "3",
                                        "--key", made.at("key"), "--stop-after", std::to_string(kSeconds)});
  EXPECT_EQ(first->wait(90s), 0) << first->output() << server.log();
  EXPECT_EQ(second->wait(30s), 0) << second->output();
  RawClient again(server.port());  // the one before answered no ping for a minute
  (void)again.enter(room, "Org", {{"key", made.at("key")}, {"role", "listener"}});
  again.send_json({{"type", "close_live"}});
  player.join();
  std::ofstream(folder / "live.ogg", std::ios::binary) << stream;

  Process ffmpeg(
      {"/usr/bin/ffmpeg", "-nostdin", "-v", "warning", "-xerror", "-i", folder / "live.ogg", "-ac", "1", folder / "live.wav"});
  ASSERT_EQ(ffmpeg.wait(), 0) << ffmpeg.output();
  EXPECT_EQ(ffmpeg.output(), "") << "FFmpeg has nothing to complain about";
  const auto heard = read_mono(folder / "live.wav");
  ASSERT_GT(heard.size(), anna.size());

  // The song begins somewhere in it: where Anna's click is.
  const auto click = std::max_element(heard.begin(), heard.begin() + static_cast<ptrdiff_t>(heard.size() - anna.size() + 30'000),
                                      [](float a, float b) { return std::abs(a) < std::abs(b); });
  const float gain = automatic_gain(2) * kGlobalVolume;
  const float leader_gain = leaders_automatic_gain(2) * kGlobalVolume * kLeaderBoost;
  const auto sum_of = [&](size_t from, size_t samples) {
    std::vector<float> sum(samples);
    for (size_t i = 0; i < samples; ++i) sum[i] = leader_gain * anna[from + i] + gain * berta[from + i];
    return sum;
  };
  // The highest sample of a click may be either singer's, or beside its place after the codec: where the two seconds with both
  // clicks fit best is where the song begins. One place for all that follows.
  const auto clicks = sum_of(12'000, 48'000);
  int64_t start = 0;
  double best = 0;
  for (int64_t offset = -26'000; offset <= 2'000; ++offset) {
    const int64_t from = click - heard.begin() - 24'000 + offset;
    if (from < 0) continue;
    const double fit = correlation(std::span(heard).subspan(static_cast<size_t>(from + 12'000), clicks.size()), clicks);
    if (fit <= best) continue;
    best = fit;
    start = from;
  }
  ASSERT_GT(best, 0.8) << "click at " << click - heard.begin() << ", song at " << start << "; its first second still swells";
  EXPECT_EQ(start % kBlockSamples, 0) << "positions are whole blocks, codec delay taken off";
  // Second by second: none is missing, none comes twice.
  for (int64_t second_of_it = 2; second_of_it < static_cast<int64_t>(kSeconds) - 2; ++second_of_it) {
    const auto sum = sum_of(static_cast<size_t>(second_of_it) * 48'000, 48'000);
    const auto part = std::span(heard).subspan(static_cast<size_t>(start + second_of_it * 48'000), 48'000);
    EXPECT_GT(correlation(part, sum), 0.98) << second_of_it;
    EXPECT_NEAR(rms(part) / rms(sum), 1, 0.05) << second_of_it;
  }
}

}  // namespace
}  // namespace roundelay::e2e::live_minute_test
