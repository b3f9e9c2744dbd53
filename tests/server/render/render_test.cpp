// A recording's files, made of logs by the worker in a process of its own, as the conductor starts it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "codec/loudness.h"
#include "codec/opus_file_reader.h"
#include "codec/sound_file.h"
#include "mixer/balance.h"
#include "mixer/gain.h"
#include "server/jobs/render_worker.h"
#include "server/jobs/worker_main.h"
#include "server/render/beside.h"
#include "server/render/render.h"
#include "tests/codec/test_sound.h"
#include "tests/server/render/made_logs.h"

namespace roundelay::render_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::kSongStart;
using test::MadeFolder;
using test::MadeLog;
using Packets = std::vector<std::vector<uint8_t>>;

constexpr int64_t kSongBlocks = 150;  // 3 s
constexpr double kSongSeconds = 3;

Position at(int64_t block) {
  return kSongStart + Blocks{block};
}

wire::SongRecord song_of(bool backing) {
  wire::SongRecord song;
  song.song = 3;
  song.start = kSongStart;
  song.music = kSongStart;
  song.unix_ms = 1'790'000'000'000;
  song.volume = kGlobalVolume;
  song.leader_boost = 2;
  song.backing_lufs = backing ? -20.0F : wire::SongRecord::kNoLoudness;
  song.room = "ydt8ksnxem";
  return song;
}

std::vector<float> tone(double hz, double amplitude) {
  return test::sample(
      [=](double t, int) {
        const double swell = 0.6 + 0.4 * std::sin(2 * 3.14159265 * 0.7 * t + hz);
        return static_cast<float>(amplitude * swell *
                                  (std::sin(2 * 3.14159265 * hz * t) + 0.4 * std::sin(2 * 3.14159265 * 2.003 * hz * t)));
      },
      48'000, 1, kSongSeconds);
}

// Runs the worker; what it told, by lines, with "status" in the last one.
std::vector<json> render(const fs::path& folder, bool quick = false, const std::function<void()>& before = {}) {
  const test::MemoryFile report;
  const pid_t child = fork();
  if (child == 0) {
    if (before) before();
    _exit(run_render_worker(folder.string(), report.fd(), quick));
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  const auto text = report.content();
  std::vector<json> lines;
  std::istringstream in(std::string(text.begin(), text.end()));
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  if (lines.empty()) lines.push_back(json::object());
  lines.back()["status"] = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return lines;
}

void expect_rendered(const fs::path& folder) {
  const auto lines = render(folder);
  EXPECT_EQ(lines.back().value("ok", false), true) << lines.back().dump();
  EXPECT_EQ(lines.back().at("status"), kWorkerDone);
}

Packets packets_in(const fs::path& file) {
  const int fd = open(file.c_str(), O_RDONLY);
  const auto reader = OpusFileReader::open(fd);
  EXPECT_NE(reader, nullptr) << file;
  Packets packets;
  while (const auto packet = reader ? reader->next() : std::nullopt) packets.emplace_back(packet->begin(), packet->end());
  EXPECT_TRUE(reader && reader->ended());
  close(fd);
  return packets;
}

json tracks_in(const fs::path& folder) {
  std::ifstream in(folder / "tracks.json");
  return json::parse(in);
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

bool is_silence(const std::vector<uint8_t>& packet) {
  return packet == std::vector<uint8_t>{0xF8, 0xFF, 0xFE};
}

// Three singers over two shards. Ada sings all of it, first on one shard, then on the other, which also has two of her blocks
// twice and some late; Bea has a gap; Cleo leaves herself out at the end; Dora never sings.
struct Song {
  Packets ada = test::packets_of(tone(220, 0.12));
  Packets bea = test::packets_of(tone(330, 0.1));
  Packets cleo = test::packets_of(tone(440, 0.1));
  Packets mix = test::packets_of(tone(500, 0.1));
  Packets track = test::packets_of(test::sample(test::glide, 48'000, 2, kSongSeconds), {.channels = 2, .bitrate = 128'000});

  static bool bea_sings(int64_t block) { return block >= 20 && (block < 50 || block >= 80) && (block < 100 || block >= 103); }

  void write(const fs::path& folder, bool with_end = true, bool cleo_is_left_out = true) const {
    MadeLog one(song_of(true));
    MadeLog two(song_of(true));
    one.add(wire::PersonRecord{1, 11, false, "Ada", "Alto"});
    one.add(wire::PersonRecord{2, 12, false, "Bea", ""});
    two.add(wire::PersonRecord{1, 13, false, "Cleo", ""});
    two.add(wire::PersonRecord{2, 11, false, "Ada", "Alto"});
    two.add(wire::PersonRecord{3, 14, false, "Dora", ""});
    for (int64_t block = 0; block < kSongBlocks; ++block) {
      const auto i = static_cast<size_t>(block);
      if (block < 75) one.add(wire::PacketRecord{1, at(block), 1, false, ada[i]});
      if (bea_sings(block)) one.add(wire::PacketRecord{2, at(block), 0.5F, false, bea[i]});
      two.add(wire::PacketRecord{1, at(block), 1, false, cleo[i]});
      // From the second shard on; two came over both; those from 110 on come 20 blocks late.
      if (block >= 73 && block < 110) two.add(wire::PacketRecord{2, at(block), 1, false, ada[i]});
      if (block >= 130) two.add(wire::PacketRecord{2, at(block - 20), 1, false, ada[i - 20]});
      one.add(wire::MixRecord{at(block), mix[i]});
      one.add(wire::BackingRecord{at(block), wire::BackingKind::kTrack, track[i]});
      if (block % 25 == 0) one.add(wire::BackingRecord{at(block), wire::BackingKind::kMetronome, mix[i]});
    }
    for (int64_t block = 130; block < kSongBlocks; ++block)
      two.add(wire::PacketRecord{2, at(block), 1, false, ada[static_cast<size_t>(block)]});
    two.add(wire::DroppedRecord{2, at(60), 7});
    if (cleo_is_left_out) two.add(wire::PersonRecord{1, 13, true, "Cleo", ""});
    if (with_end) {
      one.add(wire::EndRecord{at(kSongBlocks)});
      two.add(wire::EndRecord{at(kSongBlocks)});
    }
    one.write(folder / "0-100-1.log");
    two.write(folder / "1-101-1.log");
  }
};

const Song& song() {
  static const Song made;
  return made;
}

// The song's files, made once.
const MadeFolder& rendered() {
  static const MadeFolder folder;
  static const bool made = [] {
    song().write(folder.path());
    expect_rendered(folder.path());
    EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"backing.opus", "metronome.opus", "mix.flac", "mix.opus",
                                                              "track-1.opus", "track-2.opus", "tracks.json", "waveform.json"}));
    return true;
  }();
  EXPECT_TRUE(made);
  return folder;
}

bool without_content(const std::vector<uint8_t>& packet) {
  return packet.size() == 1;
}

TEST(Render, TracksHoldTheVeryPacketsAtTheirPlaces) {
  const MadeFolder& folder = rendered();
  // Four blocks before the start settle decoders, and are skipped.
  const Packets ada = packets_in(folder / "track-1.opus");
  ASSERT_EQ(ada.size(), static_cast<size_t>(kSongBlocks + 4));
  EXPECT_TRUE(std::all_of(ada.begin(), ada.begin() + 4, without_content));
  EXPECT_TRUE(std::equal(ada.begin() + 4, ada.end(), song().ada.begin(), song().ada.end()));
  const Packets bea = packets_in(folder / "track-2.opus");
  ASSERT_EQ(bea.size(), static_cast<size_t>(kSongBlocks + 4));
  for (int64_t block = 0; block < kSongBlocks; ++block) {
    const auto& packet = bea[static_cast<size_t>(block + 4)];
    const bool short_gap = block < 20 || block >= 100;
    const bool gap = short_gap ? without_content(packet) : is_silence(packet);
    EXPECT_TRUE(Song::bea_sings(block) ? packet == song().bea[static_cast<size_t>(block)] : gap) << block;
  }
  const Packets backing = packets_in(folder / "backing.opus");
  ASSERT_EQ(backing.size(), static_cast<size_t>(kSongBlocks + 4));
  EXPECT_TRUE(std::equal(backing.begin() + 4, backing.end(), song().track.begin()));
  const Packets metronome = packets_in(folder / "metronome.opus");
  ASSERT_EQ(metronome.size(), static_cast<size_t>(kSongBlocks + 4));
  for (int64_t block = 0; block < kSongBlocks; ++block)
    EXPECT_EQ(is_silence(metronome[static_cast<size_t>(block + 4)]), block % 25 != 0) << block;

  const json tracks = tracks_in(folder.path());
  EXPECT_EQ(tracks.at("seconds"), kSongSeconds);
  EXPECT_EQ(tracks.at("cut"), false);
  EXPECT_EQ(tracks.at("missing_blocks"), 7);
  ASSERT_EQ(tracks.at("tracks").size(), 2U);
  const json& first = tracks.at("tracks")[0];
  EXPECT_EQ(first.at("track"), "track-1");
  EXPECT_EQ(first.at("person"), "11");
  EXPECT_EQ(first.at("name"), "Ada");
  EXPECT_EQ(first.at("part"), "Alto");
  EXPECT_EQ(first.at("seconds"), kSongSeconds);
  EXPECT_EQ(first.at("missing_blocks"), 7);
  EXPECT_NEAR(tracks.at("tracks")[1].at("gain_db").get<double>(), -6.02, 0.01);
  EXPECT_EQ(tracks.at("tracks")[1].at("seconds"), 1.94);
  std::ifstream waveform(folder / "waveform.json");
  const json peaks = json::parse(waveform).at("peaks");
  ASSERT_EQ(peaks.size(), 1000U);
  EXPECT_GT(peaks[500].get<double>(), 0.05);
}

// Of both channels of a stereo sound, over whole blocks; the gain between the two is what normalisation may do.
struct Likeness {
  double gain = 0;
  double noise_db = 0;  // what is left, against the wanted sound
};
Likeness likeness(std::span<const float> wanted, std::span<const float> heard) {
  double cross = 0, power = 0, left = 0;
  for (size_t i = 0; i < wanted.size(); ++i) {
    cross += double{wanted[i]} * heard[i];
    power += double{wanted[i]} * wanted[i];
  }
  const double gain = cross / power;
  for (size_t i = 0; i < wanted.size(); ++i) left += std::pow(heard[i] - gain * wanted[i], 2);
  return {gain, 10 * std::log10(left / (gain * gain * power))};
}

TEST(Render, TheMixIsTheOfflineSumWithTheTrackAtItsBalance) {
  const MadeFolder& folder = rendered();
  const auto flac = read_sound((folder / "mix.flac").string());
  const auto opus = read_sound((folder / "mix.opus").string());
  ASSERT_TRUE(flac && opus);
  ASSERT_EQ(flac->channels, 2);
  EXPECT_EQ(flac->frames(), static_cast<size_t>(kSongBlocks * 960));
  EXPECT_EQ(opus->frames(), flac->frames());

  // From 2.2 s on both sing, and the gains stand still.
  const std::vector<float> ada = test::decoded(song().ada);
  const std::vector<float> bea = test::decoded(song().bea);
  const std::vector<float> track = test::decoded(song().track, 2);
  const auto track_gain = static_cast<float>(backing_gain_of(-20));
  const float voices = automatic_gain(2) * kGlobalVolume;
  const size_t from = 112 * 960;
  const size_t frames = 35 * 960;
  std::vector<float> wanted(2 * frames);
  for (size_t i = 0; i < 2 * frames; ++i) {
    const size_t frame = from + i / 2;
    wanted[i] = voices * (ada[frame] + 0.5F * bea[frame]) + track_gain * track[2 * from + i];
  }
  const auto exact = likeness(wanted, std::span(flac->samples).subspan(2 * from, 2 * frames));
  EXPECT_LT(exact.noise_db, -45);
  const auto lossy = likeness(wanted, std::span(opus->samples).subspan(2 * from, 2 * frames));
  EXPECT_LT(lossy.noise_db, -12);
  EXPECT_NEAR(lossy.gain / exact.gain, 1, 0.03);

  LoudnessMeter meter(2, true);
  meter.add(flac->samples);
  EXPECT_NEAR(*meter.integrated(), -16, 0.3);
  EXPECT_LT(20 * std::log10(meter.true_peak()), -1);
  LoudnessMeter opus_meter(2, true);
  opus_meter.add(opus->samples);
  EXPECT_NEAR(*opus_meter.integrated(), -16, 0.5);
  EXPECT_LT(20 * std::log10(opus_meter.true_peak()), -0.9);
}

TEST(Render, ATrackWhoseLoudnessIsNotToldIsMeasured) {
  const MadeFolder folder;
  for (const float told : {wire::SongRecord::kNoLoudness, -20.0F}) {
    wire::SongRecord facts = song_of(false);
    facts.backing_lufs = told;
    MadeLog log(facts);
    for (int64_t block = 0; block < kSongBlocks; ++block)
      log.add(wire::BackingRecord{at(block), wire::BackingKind::kTrack, song().track[static_cast<size_t>(block)]});
    log.add(wire::EndRecord{at(kSongBlocks)});
    log.write(folder / "0-1-1.log");
    const int fd = open((folder / "0-1-1.log").c_str(), O_RDONLY);
    auto logs = render::RecordingLogs::survey({fd});
    ASSERT_TRUE(logs);
    const auto beside = logs->places_beside();
    const render::TrackSound track(*logs, beside.track);
    LoudnessMeter meter(2);
    meter.add(test::decoded(song().track, 2));
    EXPECT_NEAR(track.gain(), backing_gain_of(told < 0 ? told : *meter.integrated()), 0.01);
    close(fd);
  }
}

// Loud peaks over a soft voice: the gain that the loudness asks for would lift them above full scale.
TEST(Render, PeaksAreLimitedWhereTheLoudnessIsKept) {
  const MadeFolder folder;
  std::vector<float> voice = tone(220, 0.03);
  for (size_t i = 24'000; i < voice.size(); i += 24'000) {
    for (size_t k = 0; k < 48; ++k) voice[i + k] += 0.7F * static_cast<float>(std::sin(3.14159265 * static_cast<double>(k) / 8));
  }
  const Packets packets = test::packets_of(voice);
  MadeLog log(song_of(false));
  log.add(wire::PersonRecord{1, 11, false, "Ada", ""});
  for (int64_t block = 0; block < kSongBlocks; ++block)
    log.add(wire::PacketRecord{1, at(block), 1, false, packets[static_cast<size_t>(block)]});
  log.add(wire::EndRecord{at(kSongBlocks)});
  log.write(folder / "0-1-1.log");
  expect_rendered(folder.path());
  for (const char* name : {"mix.flac", "mix.opus"}) {
    const auto sound = read_sound((folder / name).string());
    ASSERT_TRUE(sound);
    LoudnessMeter meter(2, true);
    meter.add(sound->samples);
    EXPECT_NEAR(*meter.integrated(), -16, 0.5) << name;
    EXPECT_LT(20 * std::log10(meter.true_peak()), -0.9) << name;
    EXPECT_GT(20 * std::log10(meter.true_peak()), -6) << name;
  }
}

std::map<std::string, std::vector<uint8_t>> contents_of(const fs::path& folder) {
  std::map<std::string, std::vector<uint8_t>> contents;
  for (const std::string& name : names_in(folder)) contents[name] = test::content_of(folder / name);
  return contents;
}

TEST(Render, KilledAtAnyMomentAndRunAgainItMakesTheSameFiles) {
  const MadeFolder whole;
  song().write(whole.path());
  const auto began = std::chrono::steady_clock::now();
  expect_rendered(whole.path());
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count();
  const auto wanted = contents_of(whole.path());

  std::minstd_rand random(1);
  const MadeFolder folder;
  song().write(folder.path());
  for (int i = 0; i < 4; ++i) {
    const test::MemoryFile report;
    const pid_t child = fork();
    if (child == 0) _exit(run_render_worker(folder.path().string(), report.fd(), false));
    usleep(static_cast<useconds_t>(random() % static_cast<unsigned>(took)));  // the moment is what is random here
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
  expect_rendered(folder.path());
  EXPECT_TRUE(contents_of(folder.path()) == wanted);
  // Killed when all was made, and part of the logs was gone.
  song().write(folder.path());
  fs::remove(folder / "0-100-1.log");
  expect_rendered(folder.path());
  EXPECT_TRUE(contents_of(folder.path()) == wanted);
}

TEST(Render, ATornLogIsReadAsFarAsItGoes) {
  const MadeFolder folder;
  song().write(folder.path(), false);
  auto bytes = test::content_of(folder / "0-100-1.log");
  bytes.resize(bytes.size() - 10);
  bytes[bytes.size() * 3 / 5] ^= 1;
  std::ofstream(folder / "0-100-1.log", std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  std::ofstream(folder / "2-102-1.log", std::ios::binary) << "RNDLLO";
  expect_rendered(folder.path());
  const json tracks = tracks_in(folder.path());
  EXPECT_EQ(tracks.at("cut"), true);
  EXPECT_EQ(tracks.at("seconds"), kSongSeconds);  // the other shard's log reaches so far
  const Packets bea = packets_in(folder / "track-2.opus");
  EXPECT_EQ(bea[34], song().bea[30]);
  EXPECT_TRUE(is_silence(bea[144]));
  EXPECT_EQ(packets_in(folder / "track-1.opus").at(144), song().ada[140]);
}

TEST(Render, WithoutASongNothingIsMadeAndASentenceSaysSo) {
  const MadeFolder folder;
  EXPECT_EQ(render(folder.path()).back().at("status"), kWorkerRefused);
  std::ofstream(folder / "0-1-1.log") << "no log at all";
  const auto lines = render(folder.path());
  EXPECT_EQ(lines.back().at("status"), kWorkerRefused);
  EXPECT_EQ(lines.back().at("error"), "Nothing of this song can be read: its recording is damaged.");
  EXPECT_EQ(names_in(folder.path()), std::set<std::string>{"0-1-1.log"});
}

TEST(Render, WhatTheDiskRefusesIsToldAndTheLogsStay) {
  const MadeFolder folder;
  song().write(folder.path());
  const auto lines = render(folder.path(), false, [] {
    std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small = {40'000, 40'000};
    setrlimit(RLIMIT_FSIZE, &small);
  });
  EXPECT_EQ(lines.back().at("status"), kWorkerFailed);
  EXPECT_EQ(lines.back().value("ok", true), false);
  EXPECT_TRUE(fs::exists(folder / "0-100-1.log"));
  expect_rendered(folder.path());
  EXPECT_EQ(packets_in(folder / "track-1.opus").at(104), song().ada[100]);
}

TEST(Render, TheQuickMixIsThereAtOnceLeavesTheLogsAndGoesWhenTheFinalOneIsMade) {
  const MadeFolder folder;
  song().write(folder.path(), true, false);
  const auto lines = render(folder.path(), true);
  EXPECT_EQ(lines.back().at("status"), kWorkerDone);
  EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"0-100-1.log", "1-101-1.log", "quick.opus"}));
  const Packets quick = packets_in(folder / "quick.opus");
  ASSERT_EQ(quick.size(),
            static_cast<size_t>(kSongBlocks + 5));  // four before the start, and one in which the sound's delay ends
  EXPECT_TRUE(std::equal(song().mix.begin(), song().mix.end(), quick.begin() + 4));
  expect_rendered(folder.path());
  EXPECT_TRUE(fs::exists(folder / "mix.opus"));
  EXPECT_FALSE(fs::exists(folder / "quick.opus"));
}

TEST(Render, WhereSomebodyIsLeftOutNoMixIsKeptThatHasHerVoice) {
  const MadeFolder folder;
  song().write(folder.path());
  for (const json& line : render(folder.path(), true)) EXPECT_FALSE(line.contains("quick")) << line;
  EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"0-100-1.log", "1-101-1.log"}));
}

TEST(Render, ALogThatComesWhenAllIsMadeSpoilsNothingAndTheRecordingSaysThatAPartIsMissing) {
  const MadeFolder folder;
  song().write(folder.path());
  expect_rendered(folder.path());
  auto wanted = contents_of(folder.path());
  MadeLog late(song_of(true));
  late.add(wire::PersonRecord{1, 15, false, "Eva", ""});
  late.add(wire::PacketRecord{1, at(140), 1, false, song().ada[140]});
  late.write(folder / "2-102-1.log");
  expect_rendered(folder.path());
  EXPECT_EQ(tracks_in(folder.path()).at("cut"), true);
  auto now = contents_of(folder.path());
  EXPECT_TRUE(now.contains("2-102-1.log.late")) << "nothing is thrown away";
  now.erase("2-102-1.log.late");
  now["tracks.json"] = wanted["tracks.json"];
  EXPECT_TRUE(now == wanted);
}

TEST(Render, SingersWhoDoNotFitAtOnceAreDoneInSeveralGoes) {
  const MadeFolder folder;
  song().write(folder.path());
  std::vector<int> fds;
  for (const char* name : {"0-100-1.log", "1-101-1.log"}) fds.push_back(open((folder / name).c_str(), O_RDONLY));
  const auto sums_with = [&](int64_t most_places) {
    auto logs = render::RecordingLogs::survey(fds);
    EXPECT_TRUE(logs);
    const test::MemoryFile one, two, scratch;
    std::vector<render::SingerFile> files = {{0, 1, one.fd()}, {1, 2, two.fd()}};
    std::vector<float> sums;
    render::VoicesPass pass(*logs, scratch.fd(), most_places);
    const auto mixed = [&](int64_t, const render::Choir::Sum& now, const render::Choir::Sum&) {
      sums.insert(sums.end(), std::begin(now.voices), std::end(now.voices));
      sums.push_back(static_cast<float>(now.result.people));
      return tl::expected<void, std::string>();
    };
    EXPECT_TRUE(pass.run(files, mixed, [](double) {}));
    EXPECT_FALSE(two.content().empty());
    return sums;
  };
  const auto at_once = sums_with(render::VoicesPass::kMostPlaces);
  const auto in_two = sums_with(kSongBlocks);
  for (const int fd : fds) close(fd);
  ASSERT_EQ(at_once.size(), in_two.size());
  for (size_t i = 0; i < at_once.size(); ++i) ASSERT_NEAR(at_once[i], in_two[i], 1e-6) << i;
}

TEST(Render, ARoundIsHeardAgainAsLaterAsItWasSung) {
  wire::SongRecord round = song_of(false);
  round.bpm_tenths = 1'000;  // a beat is 28,800 samples, 30 blocks
  round.round_beats = 1;
  round.round_repeats = 2;
  round.music = round.start + Blocks{2};
  render::Choir choir(round, 80);
  alignas(64) std::array<float, kBlockSamples> voice{};
  voice.fill(0.25F);
  std::map<int64_t, std::pair<float, int>> heard;
  for (int64_t block = 0; block < 80; ++block) {
    if (block < 4) choir.add(block, voice, 1, 1, false, 1);
    const auto& sum = choir.at(block);
    if (sum.result.people > 0) heard[block] = {sum.voices[500], sum.result.people};
    choir.forget(block);
  }
  // What was sung before the music is not repeated; of the last repeat nothing is cut off before the end.
  std::map<int64_t, std::pair<float, int>> wanted;
  for (const int64_t block : {0, 1, 2, 3, 32, 33, 62, 63}) wanted[block] = {0.25F, 1};
  EXPECT_EQ(heard, wanted);
}

TEST(Render, MixedAgainAsItIsWished) {
  const MadeFolder& folder = rendered();
  std::ofstream(folder / "mix-again.json") << R"({"type": "mix_again", "recording": "x", "tracks": [)"
                                           << R"({"track": "track-1", "gain_db": 3, "balance": -1, "muted": false},)"
                                           << R"({"track": "track-2", "gain_db": 0, "balance": 1, "muted": false},)"
                                           << R"({"track": "backing", "gain_db": 0, "balance": 0, "muted": true}]})";
  expect_rendered(folder.path());
  EXPECT_FALSE(fs::exists(folder / "mix-again.json"));
  const auto again = read_sound((folder / "again.flac").string());
  ASSERT_TRUE(again);
  const std::vector<float> ada = test::decoded(song().ada);
  const std::vector<float> left = test::channel_of(again->samples, 2, 0);
  const std::vector<float> right = test::channel_of(again->samples, 2, 1);
  const auto heard = likeness(std::span(ada).subspan(960), std::span(left).subspan(960));
  EXPECT_LT(heard.noise_db, -45);
  const std::vector<float> bea = test::decoded(song().bea);
  const size_t from = 112 * 960;
  const auto other = likeness(std::span(bea).subspan(from), std::span(right).subspan(from));
  EXPECT_LT(other.noise_db, -45);
  EXPECT_NEAR(20 * std::log10(heard.gain / other.gain), 3, 0.05);
}

// Runs a program; its output. Fails if it does.
std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> piece{};
  while (fgets(piece.data(), piece.size(), pipe) != nullptr) output += piece.data();
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << output;
  return output;
}

double number_after(const std::string& text, const std::string& word) {
  const size_t found = text.rfind(word);
  return found == text.npos ? 999 : std::strtod(text.c_str() + found + word.size(), nullptr);
}

void expect_others_accept(const std::string& file) {
  const std::string info = output_of("opusinfo " + file);
  EXPECT_EQ(info.find("WARNING"), info.npos) << info;
  EXPECT_NE(info.find("Playback length: 0m:03.000s"), info.npos) << info;
  const std::string probe = output_of("ffprobe -v error -show_entries format=duration,start_time -of csv=p=0 " + file);
  EXPECT_EQ(probe.find("rror"), probe.npos) << probe;
  // Sample by sample, as another decoder keeps time.
  output_of("ffmpeg -v error -y -i " + file + " -f f32le " + file + ".raw");
  EXPECT_EQ(fs::file_size(file + ".raw") % (144'000 * sizeof(float)), 0U) << file << ": " << fs::file_size(file + ".raw");
}

TEST(Render, OtherProgramsAcceptEveryFileAndMeasureWhatWasPromised) {
  const MadeFolder& folder = rendered();
  for (const char* name : {"track-1.opus", "track-2.opus", "backing.opus", "metronome.opus", "mix.opus"})
    expect_others_accept((folder / name).string());
  const MadeFolder first;
  song().write(first.path(), true, false);
  (void)render(first.path(), true);
  expect_others_accept((first / "quick.opus").string());
  EXPECT_EQ(output_of("flac -s -t " + (folder / "mix.flac").string()), "");
  for (const char* name : {"mix.flac", "mix.opus"}) {
    const std::string heard = output_of("ffmpeg -nostats -i " + (folder / name).string() + " -af ebur128=peak=true -f null -");
    EXPECT_NEAR(number_after(heard, "I:  "), -16, 0.5) << heard;
    EXPECT_LE(number_after(heard, "Peak:"), -0.8) << heard;
  }
  // Bea's gap is a gap to another decoder, and what follows lies where it was sung.
  const auto raw = test::content_of(folder / "track-2.opus.raw");
  ASSERT_EQ(raw.size(), 144'000 * sizeof(float));
  std::vector<float> heard(144'000);
  std::memcpy(heard.data(), raw.data(), raw.size());
  for (size_t i = 52 * 960; i < 80 * 960; ++i) ASSERT_NEAR(heard[i], 0, 1e-9) << i;
  const std::vector<float> bea = test::decoded(song().bea);
  const auto same = likeness(std::span(bea).subspan(112 * 960, 24'000), std::span(heard).subspan(112 * 960, 24'000));
  EXPECT_LT(same.noise_db, -40);
  EXPECT_NEAR(same.gain, 1, 0.01);
}

}  // namespace
}  // namespace roundelay::render_test
