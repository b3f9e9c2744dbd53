// What a recording becomes, through real processes: a first mix at once, and everything as one ZIP.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "codec/sound_file.h"
#include "tests/e2e/recorded_song.h"

namespace roundelay::e2e {
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
    ASSERT_TRUE(wait_until([&] { return stored_recordings(server.data_dir())[id] == "ready"; }, 30s)) << server.log();
  }
};

TEST_F(TakeHome, ARecordingIsMixedAtOnceAndTakenHomeAsOneZipOfTracksThatAreEquallyLong) {
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
  ASSERT_TRUE(wait_until([&] { return fs::exists(folder + "/quick.opus"); })) << server.log();
  struct stat quick {};
  ASSERT_EQ(stat((folder + "/quick.opus").c_str(), &quick), 0);
  const double made_s = static_cast<double>(quick.st_mtim.tv_sec) + static_cast<double>(quick.st_mtim.tv_nsec) / 1e9;
  const double heard_s = static_cast<double>(end) / kSampleRate + 2 * 0.2;
  EXPECT_LT(made_s - heard_s, 5.0);
  expect_ready();

  json one = shown();
  ASSERT_EQ(one["tracks"].size(), 5u) << one;
  EXPECT_EQ(one["zip"]["state"], "none");
  const double about = one["zip"]["bytes"];
  ASSERT_EQ(ask("POST", "/" + id + "/zip").status, 202);
  EXPECT_EQ(ask("POST", "/" + id + "/zip").status, 202) << "asked twice, it is made once";
  EXPECT_EQ(shown()["zip"]["state"] == "none", false);
  ASSERT_TRUE(wait_until([&] { return (one = shown())["zip"]["state"] == "ready"; }, 30s)) << one << server.log();
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
}

}  // namespace
}  // namespace roundelay::e2e
