// Everything of a recording as one ZIP, as other programs read it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "codec/flac_writer.h"
#include "codec/opus_file_writer.h"
#include "codec/sound_file.h"
#include "server/jobs/render_worker.h"
#include "server/jobs/worker_report.h"
#include "server/render/pack.h"
#include "tests/codec/test_sound.h"
#include "tests/server/render/made_logs.h"

namespace roundelay::pack_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::MadeFolder;

constexpr int64_t kPackBlocks = 60;
constexpr int kPackPreroll = 4;

std::string told_by(const std::string& command) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> piece{};
  while (fgets(piece.data(), piece.size(), pipe) != nullptr) output += piece.data();
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << output;
  return output;
}

// A recording's file with a voice from `from` on, as render_recording() writes it. Returns what it sounds like.
std::vector<float> put_voice(const fs::path& file, double hz, int64_t from, int channels = 1) {
  const auto sound = test::sample(
      [=](double t, int channel) { return static_cast<float>(0.3 * std::sin(2 * 3.14159265 * (hz + 40 * channel) * t)); }, 48'000,
      channels, static_cast<double>(kPackBlocks) / 50);
  EncoderSettings settings;
  settings.channels = channels;
  const auto packets = test::packets_of(sound, settings);
  const int fd = open(file.c_str(), O_RDWR | O_CREAT, 0600);
  OpusFileWriter writer(fd, {.channels = channels, .pre_skip = kPackPreroll * kBlockSamples, .serial = 1, .tags = {}});
  for (int64_t block = from; block < kPackBlocks; ++block)
    EXPECT_TRUE(writer.add(block + kPackPreroll, packets[static_cast<size_t>(block)]));
  EXPECT_TRUE(writer.finish(kPackBlocks * kBlockSamples));
  close(fd);
  BlockDecoder decoder(channels);
  std::vector<float> decoded(static_cast<size_t>(from * kBlockSamples * channels), 0.0F);
  std::vector<float> block(static_cast<size_t>(kBlockSamples * channels));
  for (auto i = static_cast<size_t>(from); i < packets.size(); ++i) {
    EXPECT_TRUE(decoder.decode(packets[i], block));
    decoded.insert(decoded.end(), block.begin(), block.end());
  }
  return decoded;
}

// Runs the worker over the folder, as the conductor starts it; what it ended with.
int run_worker_in(const fs::path& folder) {
  const test::MemoryFile report;
  const pid_t child = fork();
  if (child == 0) _exit(run_render_worker(folder.string(), report.fd(), false));
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST(RecordingPack, HoldsEveryTrackEquallyLongAndAlignedAndASessionThatFindsThem) {
  const MadeFolder folder;
  const auto ada = put_voice(folder / "track-1.opus", 220, 0);
  const auto other = put_voice(folder / "track-2.opus", 330, 20);
  const auto zhanna = put_voice(folder / "track-3.opus", 440, 0);
  const auto backing = put_voice(folder / "backing.opus", 100, 0, 2);
  {
    const int fd = open((folder / "mix.flac").c_str(), O_RDWR | O_CREAT, 0600);
    FlacWriter flac(fd, 2);
    ASSERT_TRUE(flac.add(backing));
    ASSERT_TRUE(flac.finish());
    close(fd);
  }
  std::ofstream(folder / "tracks.json") << json{
      {"seconds", 1.2},
      {"began_ms", 1'790'000'000'000},
      {"logs", json::array()},
      {"backing", {{"file", "backing.opus"}, {"gain_db", -6.0206}}},
      {"metronome", nullptr},
      {"tracks",
       {{{"track", "track-1"}, {"number", 1}, {"file", "track-1.opus"}, {"name", "Ada"}, {"part", "Alto"}, {"gain_db", 3}},
        {{"track", "track-2"}, {"number", 2}, {"file", "track-2.opus"}, {"name", "../Ada"}, {"part", "Alto"}},
        {{"track", "track-3"},
         {"number", 3},
         {"file", "track-3.opus"},
         {"name", "\"Жанна\""},
         {"part", ""}}}}}.dump();
  std::ofstream(folder / "pack.json") << json{{"name", "Am Brunnen: vor dem Tore 2026-09-21"}}.dump();
  ASSERT_EQ(run_worker_in(folder.path()), kWorkerDone);
  EXPECT_FALSE(fs::exists(folder / "pack.json"));
  const std::string zip = (folder / "all.zip").string();
  EXPECT_NE(told_by("unzip -t '" + zip + "'").find("No errors detected"), std::string::npos);
  told_by("unzip -d '" + (folder / "out").string() + "' '" + zip + "'");

  const fs::path inside = folder / "out" / "Am Brunnen vor dem Tore 2026-09-21";
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(inside)) names.insert(fs::relative(entry.path(), inside).string());
  EXPECT_EQ(names, (std::set<std::string>{"01 Ada (Alto).wav", "02 Ada (Alto).wav", "03 Жанна.wav", "Backing.wav", "Mix.flac",
                                          "readme.txt", "session.rpp", "opus", "opus/01 Ada (Alto).opus",
                                          "opus/02 Ada (Alto).opus", "opus/03 Жанна.opus", "opus/Backing.opus"}));
  const auto expect_wav = [&](const std::string& name, const std::vector<float>& wanted, int channels) {
    const auto sound = read_sound((inside / name).string());
    ASSERT_TRUE(sound) << name;
    EXPECT_EQ(sound->channels, channels);
    ASSERT_EQ(sound->samples.size(), wanted.size()) << name;
    for (size_t i = 0; i < wanted.size(); ++i) ASSERT_NEAR(sound->samples[i], wanted[i], 1.0 / 20'000) << name << " at " << i;
    const std::string probe = told_by(
        "ffprobe -v error -show_entries format=duration:stream=codec_name,sample_rate,channels -of "
        "csv=p=0 '" +
        (inside / name).string() + "'");
    EXPECT_EQ(probe, "pcm_s16le,48000," + std::to_string(channels) + "\n1.200000\n");
  };
  expect_wav("01 Ada (Alto).wav", ada, 1);
  expect_wav("02 Ada (Alto).wav", other, 1);
  expect_wav("03 Жанна.wav", zhanna, 1);
  expect_wav("Backing.wav", backing, 2);
  EXPECT_EQ(test::content_of(inside / "opus" / "03 Жанна.opus"), test::content_of(folder / "track-3.opus"));

  const auto bytes = test::content_of(inside / "session.rpp");
  const std::string session(bytes.begin(), bytes.end());
  const std::regex item("<ITEM\n\\s+POSITION 0\n[^<]*LENGTH 1.2000[^<]*<SOURCE WAVE\n\\s+FILE \"([^\"]*)\"");
  size_t items = 0;
  for (auto found = std::sregex_iterator(session.begin(), session.end(), item); found != std::sregex_iterator(); ++found, ++items)
    EXPECT_TRUE(fs::exists(inside / (*found)[1].str())) << (*found)[1];
  EXPECT_EQ(items, 4u);
  EXPECT_NE(session.find("NAME \"01 Ada (Alto)\"\n    VOLPAN 1.41253754"), std::string::npos) << session;
  EXPECT_NE(session.find("NAME \"Backing\"\n    VOLPAN 0.5000"), std::string::npos) << session;
  EXPECT_EQ(std::count(session.begin(), session.end(), '<'), std::count(session.begin(), session.end(), '>'));
  const auto readme = test::content_of(inside / "readme.txt");
  EXPECT_EQ(std::count(readme.begin(), readme.end(), '\n'), 3);
}

TEST(RecordingPack, ATrackThatIsDamagedFailsItAndLeavesNothing) {
  const MadeFolder folder;
  std::ofstream(folder / "track-1.opus") << "no sound";
  std::ofstream(folder / "mix.flac") << "any";
  std::ofstream(folder / "tracks.json")
      << R"({"seconds":1,"logs":[],"backing":null,"metronome":null,"tracks":[{"number":1,"file":"track-1.opus","name":"Ada"}]})";
  std::ofstream(folder / "pack.json") << "{}";
  EXPECT_EQ(run_worker_in(folder.path()), kWorkerFailed);
  EXPECT_FALSE(fs::exists(folder / "all.zip"));
}

}  // namespace
}  // namespace roundelay::pack_test
