// Overdubbing through real processes: what was sung is the next song's track, and after three songs every voice still lies where
// it was sung, to the sample.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "codec/sound_file.h"
#include "mixer/position.h"
#include "server/base/config.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/record_logs.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::overdub_test {
namespace {

using nlohmann::json;

constexpr double kSungSeconds = 2.4;
constexpr int kReach = 300;

// A noise that nothing else is like, of low frequencies, so that the codec keeps its shape.
std::vector<float> noise_of(unsigned seed) {
  std::mt19937 chance(seed);
  std::normal_distribution<float> normal(0, 1);
  std::vector<float> out(static_cast<size_t>(kSungSeconds * kSampleRate));
  float low = 0, lower = 0;
  for (float& sample : out) {
    low += 0.15F * (normal(chance) - low);
    lower += 0.15F * (low - lower);
    sample = 0.5F * lower;
  }
  return out;
}

// By how many samples the noise lies late in the sound, where it is found best.
int lag_of(const std::vector<float>& noise, const std::vector<float>& sound) {
  int best = kReach + 1;
  double most = 0;
  for (int lag = -kReach; lag <= kReach; ++lag) {
    double sum = 0;
    for (size_t i = 12'000; i < 84'000; ++i) sum += double{noise[i]} * sound[static_cast<size_t>(static_cast<int>(i) + lag)];
    if (sum > most) {
      most = sum;
      best = lag;
    }
  }
  return best;
}

std::vector<float> left_of(const std::string& file) {
  const auto sound = read_sound(file);
  EXPECT_TRUE(sound) << file;
  std::vector<float> out;
  if (!sound) return out;
  for (size_t i = 0; i < sound->samples.size(); i += static_cast<size_t>(sound->channels)) out.push_back(sound->samples[i]);
  return out;
}

TEST(Overdub, ThreeGenerationsLieAtLagZeroInTheLastMixAndItsTracks) {
  const Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 300}, {"default_buckets", 2}});
  const json made = server.make_room();
  const std::string room = made.at("room");
  RawClient organiser(server.port());
  const json welcome = organiser.enter(room, "Organiser", {{"role", "listener"}, {"key", made.at("key")}});
  organiser.send_json({{"type", "room"}, {"recording", "always"}});
  const std::string bearer = "Authorization: Bearer " + welcome.at("token").get<std::string>() + "\r\n";
  std::vector<std::vector<float>> sung;
  std::string track, folder;
  for (unsigned generation = 1; generation <= 3; ++generation) {
    sung.push_back(noise_of(generation));
    const std::string file = server.folder() / ("voice" + std::to_string(generation) + ".wav");
    write_sound(file, sung.back());
    std::vector<std::string> arguments{"--name", "Ann",          "--bucket", "1",     "--in",
                                       file,     "--start-when", "1",        "--key", made.at("key")};
    if (track.empty()) {
      arguments.insert(arguments.end(), {"--stop-after", "2.3"});
    } else {
      arguments.insert(arguments.end(), {"--track", track});
    }
    const auto singer = server.sing(room, arguments);
    ASSERT_EQ(singer->wait(), 0) << singer->output() << server.log();
    const std::string id = recording_id(room, generation);
    ASSERT_TRUE(wait_until([&] { return stored_recordings(server.data_dir())[id] == "ready"; }, 60s)) << server.log();
    folder = server.data_dir() + "/recordings/" + id;
    if (generation == 3) break;
    // The mix of the first song, and a single track of the second, together with what it was sung to: the mix again.
    const HttpAnswer asked =
        server.request("POST", "/api/rooms/" + room + "/recordings/" + id + "/track", json{{"file", "mix.flac"}}.dump(), bearer);
    ASSERT_EQ(asked.status, 202) << asked.body;
    const std::string before = track;
    ASSERT_TRUE(wait_until(
        [&] {
          while (const auto news = organiser.receive_type("tracks", 100ms)) {
            if (!news->at("tracks").empty()) track = news->at("tracks").back().at("id");
          }
          return track != before;
        },
        60s))
        << server.log();
  }
  const auto mix = left_of(folder + "/mix.flac");
  const auto backing = left_of(folder + "/backing.opus");
  const auto last = left_of(folder + "/track-1.opus");
  ASSERT_GT(mix.size(), 100'000u);
  ASSERT_EQ(mix.size(), backing.size());
  ASSERT_EQ(mix.size(), last.size());
  for (size_t generation = 0; generation < 3; ++generation) EXPECT_EQ(lag_of(sung[generation], mix), 0) << generation;
  EXPECT_EQ(lag_of(sung[0], backing), 0);
  EXPECT_EQ(lag_of(sung[1], backing), 0);
  EXPECT_EQ(lag_of(sung[2], last), 0);

  // A single track too becomes the room's, and nothing else does.
  const std::string path = "/api/rooms/" + room + "/recordings/" + recording_id(room, 3) + "/track";
  EXPECT_EQ(server.request("POST", path, json{{"file", "track-1.opus"}}.dump(), bearer).status, 202);
  const auto news = organiser.receive_type("tracks", 20s);
  ASSERT_TRUE(news);
  EXPECT_NE(news->at("tracks").back().at("name").get<std::string>().find(" - Ann"), std::string::npos);
  EXPECT_EQ(server.request("POST", path, json{{"file", "../../roundelay.sqlite"}}.dump(), bearer).status, 400);
  EXPECT_EQ(server.request("POST", path, json{{"file", "mix.flac"}}.dump()).status, 401);
}

}  // namespace
}  // namespace roundelay::e2e::overdub_test
