// What a recording becomes, through real processes: a first mix at once, another mix, and everything as one ZIP, whose tracks are
// what was sent, to the sample.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "codec/opus.h"
#include "codec/sound_file.h"
#include "tests/e2e/recorded_song.h"

namespace roundelay::e2e::take_home_test {
namespace {

namespace fs = std::filesystem;

class TakeHome : public Recording {
 protected:
  [[nodiscard]] std::string path(const std::string& rest = {}) const { return "/api/rooms/" + room + "/recordings" + rest; }
  [[nodiscard]] HttpAnswer ask(const std::string& method, const std::string& rest, const std::string& body = {}) const {
    return server.request(method, path(rest), body, "Authorization: Bearer " + leader->token() + "\r\n");
  }
  [[nodiscard]] json shown() const {
    const json list = ask("GET", "").json();
    return list.contains("recordings") && !list["recordings"].empty() ? list["recordings"][0] : json::object();
  }
  void end_song() {
    leader->say({{"type", "stop"}});
    ASSERT_TRUE(wait_until([&] { return leader->song().end > 0 && !leader->song().playing; })) << server.log();
  }
  void expect_ready() {
    ASSERT_TRUE(wait_until([&] { return stored_recordings(server.data_dir())[id] == "ready"; }, 60s)) << server.log();
  }
  // What she sent between these positions, decoded by a decoder that has settled.
  static std::vector<float> sent_by(const PacketSinger& who, int64_t from, int64_t to) {
    const auto sent = who.sent();
    BlockDecoder decoder;
    std::vector<float> block(kBlockSamples), out;
    for (int64_t at = from - 30 * kBlockSamples; at < to; at += kBlockSamples) {
      const auto packet = sent.find(at);
      EXPECT_NE(packet, sent.end()) << at - from;
      if (packet != sent.end()) (void)decoder.decode(packet->second.packet, block);
      if (at >= from) out.insert(out.end(), block.begin(), block.end());
    }
    return out;
  }
};

TEST_F(TakeHome, ARecordingIsMixedAtOnceMixedAgainAndTakenHomeAsOneZipOfTracksThatAreAlignedToTheSample) {
  begin();
  std::vector<std::unique_ptr<PacketSinger>> others;
  for (const char* name : {"Жанна", "A/B: \"C\"", "Anna"})
    others.push_back(std::make_unique<PacketSinger>(
        server.port(), room, name,
        PacketSinger::Options{.bucket = 3, .hz = 400 + 50.0 * static_cast<double>(others.size()), .hello = {{"part", "Alto"}}}));
  ASSERT_TRUE(wait_until([&] {
    return std::all_of(others.begin(), others.end(), [](const auto& each) { return each->count() >= 130; });
  })) << server.log();
  end_song();
  const int64_t end = leader->song().end;

  // A first mix within 5 s of the song's end behind the last group.
  const std::string folder = server.data_dir() + "/recordings/" + id;
  struct stat quick {};
  ASSERT_TRUE(wait_until([&] {
    return stat((folder + "/quick.opus").c_str(), &quick) == 0 || stat((folder + "/mix.opus").c_str(), &quick) == 0;
  })) << server.log();
  const double made_s = static_cast<double>(quick.st_mtim.tv_sec) + static_cast<double>(quick.st_mtim.tv_nsec) / 1e9;
  const double heard_s = static_cast<double>(end) / kSampleRate + 2 * 0.2;
  EXPECT_LT(made_s - heard_s, 5.0);
  expect_ready();

  json one = shown();
  ASSERT_EQ(one["tracks"].size(), 5u) << one;
  EXPECT_EQ(one["mix"], "mix.opus");
  EXPECT_EQ(one["zip"]["state"], "none");
  const double about = one["zip"]["bytes"];
  ASSERT_EQ(ask("POST", "/" + id + "/zip").status, 202);
  EXPECT_EQ(ask("POST", "/" + id + "/zip").status, 202) << "asked twice, it is made once";
  EXPECT_EQ(shown()["zip"]["state"] == "none", false);
  ASSERT_TRUE(wait_until([&] { return (one = shown())["zip"]["state"] == "ready"; }, 60s)) << one << server.log();
  const double bytes = one["zip"]["bytes"];
  EXPECT_NEAR(bytes / about, 1, 0.4);
  const std::string pass = ask("GET", "").json()["pass"];
  const HttpAnswer zip = server.request("GET", path("/" + id + "/all.zip?download=1&pass=" + pass));
  ASSERT_EQ(zip.status, 200);
  EXPECT_EQ(static_cast<double>(zip.body.size()), bytes);
  std::ofstream(server.folder() / "all.zip", std::ios::binary) << zip.body;
  const std::string out = server.folder() / "out";
  ASSERT_EQ(std::system(("unzip -q -t '" + (server.folder() / "all.zip") + "' >/dev/null").c_str()), 0);
  ASSERT_EQ(std::system(("unzip -q -d '" + out + "' '" + (server.folder() / "all.zip") + "'").c_str()), 0);

  const fs::path inside = fs::directory_iterator(out)->path();
  std::map<std::string, std::vector<float>> wavs;
  for (const auto& entry : fs::directory_iterator(inside)) {
    if (entry.path().extension() != ".wav") continue;
    const auto sound = read_sound(entry.path().string());
    ASSERT_TRUE(sound);
    EXPECT_EQ(sound->channels, 1);
    wavs[entry.path().stem().string().substr(3)] = sound->samples;
    EXPECT_EQ(static_cast<int64_t>(sound->samples.size()), end - start) << entry.path();
  }
  ASSERT_EQ(wavs.size(), 5u);
  EXPECT_TRUE(wavs.contains("Жанна (Alto)") && wavs.contains("AB C (Alto)"));
  const auto expect_aligned = [&](const std::string& name, const PacketSinger& who) {
    ASSERT_TRUE(wavs.contains(name)) << name;
    const int64_t from = end - 70 * kBlockSamples, to = end - 20 * kBlockSamples;
    const auto wanted = sent_by(who, from, to);
    double most = 0;
    for (size_t i = 0; i < wanted.size(); ++i)
      most = std::max(most, std::fabs(double{wanted[i]} - wavs[name][static_cast<size_t>(from - start) + i]));
    EXPECT_LT(most, 0.001) << name;
    double power = 0;
    for (const float sample : wanted) power += double{sample} * sample;
    EXPECT_GT(std::sqrt(power / static_cast<double>(wanted.size())), 0.01) << name;
  };
  std::string berta_file = "Berta";  // or "Berta 2", if she had to come again
  for (const auto& [name, sound] : wavs) berta_file = name.starts_with("Berta") ? name : berta_file;
  expect_aligned(berta_file, *singer);
  expect_aligned("Жанна (Alto)", *others[0]);
  expect_aligned("AB C (Alto)", *others[1]);
  EXPECT_NE(std::system(("grep -q 'FILE \"01 ' '" + (inside / "session.rpp").string() + "'").c_str()), -1);

  // Another mix: one voice alone, which is then the whole of it.
  json tracks = json::array();
  for (const json& track : one["tracks"]) tracks.push_back({{"track", track["track"]}, {"muted", track["name"] != berta_file}});
  ASSERT_EQ(ask("POST", "/" + id + "/mix", json{{"tracks", tracks}}.dump()).status, 202);
  ASSERT_TRUE(wait_until([&] { return fs::exists(folder + "/again.flac") && shown()["state"] == "ready"; }, 60s)) << server.log();
  const auto again = read_sound(folder + "/again.flac");
  ASSERT_TRUE(again);
  ASSERT_EQ(static_cast<int64_t>(again->frames()), end - start);
  const auto& berta = wavs[berta_file];
  double cross = 0, power = 0, mixed = 0;
  for (size_t i = berta.size() / 2; i < berta.size(); ++i) {
    cross += double{berta[i]} * again->samples[2 * i];
    power += double{berta[i]} * berta[i];
    mixed += double{again->samples[2 * i]} * again->samples[2 * i];
  }
  EXPECT_GT(cross / std::sqrt(power * mixed), 0.999);
  EXPECT_EQ(shown()["zip"]["state"], "ready") << "the ZIP is of the tracks, which are the same";

  // Who may not hear it gets none of it, and what was never recorded has none.
  EXPECT_EQ(server.request("POST", path("/" + id + "/zip")).status, 401);
  EXPECT_EQ(ask("POST", "/" + room + "-99/zip").status, 404);
  ASSERT_EQ(ask("DELETE", "/" + id).status, 200);
  EXPECT_EQ(server.request("GET", path("/" + id + "/all.zip?pass=" + pass)).status, 404);
}

}  // namespace
}  // namespace roundelay::e2e::take_home_test
