// The heart of it: what three singers sing at one position is heard there, to the sample, by whoever comes later in the line.
#include <gtest/gtest.h>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::alignment_test {
namespace {

// A tenth of the reference impulse of 1.0, so that the limiter (from 0.89 on) stays out of it: heights are a tenth of 2.394959
// and 3.113326.
constexpr float kHeight = 0.1F;
constexpr double kLeaderHeard = 0.2394959;
constexpr double kBothHeard = 0.3113326;
// Twice through Opus at 64 kbit/s (voice, then mix): a click that stands alone in a block keeps its height within about 5 %,
// because CELT spends its bits on the energy of each band and only what is left on the shape.
constexpr double kCodecTolerance = 0.08;
const std::vector<int64_t> kClicks{48'000, 48'000 + 23'456, 48'000 + 61'007};
constexpr double kSeconds = 3.0;

class Alignment : public ::testing::TestWithParam<int> {
 protected:
  // Uploads a stereo track with clicks left and right at the same positions, and returns its id.
  std::string upload_track(Server& server, const std::string& room, const std::string& key) {
    RawClient organiser(server.port());
    const auto welcome = organiser.enter(room, "Organiser", {{"role", "listener"}, {"key", key}});
    const auto left = hum_with_clicks(kSeconds, 180, 0.02F, kClicks, 0.5F);
    const auto right = hum_with_clicks(kSeconds, 210, 0.02F, kClicks, 0.3F);
    std::vector<float> stereo;
    for (size_t i = 0; i < left.size(); ++i) stereo.insert(stereo.end(), {left[i], right[i]});
    const std::string file = server.folder() / "track.wav";
    write_sound(file, stereo, 2);
    FILE* in = fopen(file.c_str(), "rb");
    std::string body(10'000'000, '\0');
    body.resize(fread(body.data(), 1, body.size(), in));
    fclose(in);
    const HttpAnswer answer = server.request("POST", "/api/rooms/" + room + "/tracks?name=track.wav", body,
                                             "Authorization: Bearer " + welcome.at("token").get<std::string>() + "\r\n");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.json().at("track").at("id");
  }

  void expect_clicks(const std::vector<float>& sound, double height, const char* who) {
    for (const int64_t at : kClicks) {
      const Found found = find_click(sound, at);
      EXPECT_EQ(found.error_samples, 0) << who << ", click at " << at;
      EXPECT_NEAR(found.height, height, height * kCodecTolerance) << who << ", click at " << at;
    }
  }
};

TEST_P(Alignment, ThreeSingersAtThreeOffsetsAreInTimeToTheSample) {
  Server server(GetParam(), {{"default_interval_ms", 200}, {"lead_in_ms", 600}});
  const auto made = server.make_room();
  const std::string room = made.at("room");
  const std::string track = upload_track(server, room, made.at("key"));
  const TemporaryFolder& folder = server.folder();
  // A hum of her own for each, far from the others'.
  for (const auto& [name, hz] : {std::pair{"1", 310.0}, {"2", 350.0}, {"3", 390.0}})
    write_sound(folder / (std::string(name) + ".wav"), hum_with_clicks(kSeconds, hz, 0.02F, kClicks, kHeight));

  const auto arguments = [&](int bucket) {
    const std::string n = std::to_string(bucket);
    return std::vector<std::string>{"--name",        "Singer " + n,
                                    "--bucket",      n,
                                    "--in",          folder / (n + ".wav"),
                                    "--mix-out",     folder / ("mix" + n + ".wav"),
                                    "--backing-out", folder / ("backing" + n + ".wav")};
  };
  auto leading = arguments(1);
  leading.insert(leading.end(), {"--start-when", "3", "--track", track, "--key", made.at("key")});
  const auto second = server.sing(room, arguments(2));
  const auto third = server.sing(room, arguments(3));
  const auto first = server.sing(room, leading);
  for (const auto& singer : {first.get(), second.get(), third.get()}) {
    ASSERT_EQ(singer->wait(), 0) << singer->output() << server.log();
    EXPECT_NE(singer->output().find("\"lost\":0"), std::string::npos) << singer->output();
  }

  // The voices.
  const auto heard_by_first = read_mono(folder / "mix1.wav");
  EXPECT_LT(rms(heard_by_first), 1e-5) << "nobody is before the leader, and nobody hears herself";
  expect_clicks(read_mono(folder / "mix2.wav"), kLeaderHeard, "the second hears the first");
  expect_clicks(read_mono(folder / "mix3.wav"), kBothHeard, "the third hears both");
  // The backing, the same for all, left and right.
  for (const char* n : {"1", "2", "3"}) {
    const std::string file = folder / (std::string("backing") + n + ".wav");
    expect_clicks(read_channel(file, 0), 0.5, n);
    expect_clicks(read_channel(file, 1), 0.3, n);
  }
}

INSTANTIATE_TEST_SUITE_P(Shards, Alignment, ::testing::Values(1, 2, 5),
                         [](const auto& shards) { return std::to_string(shards.param); });

}  // namespace
}  // namespace roundelay::e2e::alignment_test
