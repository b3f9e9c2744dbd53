// A song with a count-in, clicks and a round, through real processes: everything lies on its sample, for everybody.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <sstream>

#include "codec/opus.h"
#include "mixer/click_sound.h"
#include "mixer/tempo.h"
#include "server/robots/robot_choir.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::round_test {
namespace {

constexpr Tempo kTempo(1'331);  // beats of 21,637.87 samples: nothing of it lies on the grid
constexpr int kBeatsOfARepeat = 2;
constexpr int64_t kByLeader = 12'000;  // where in the music each sings her click
constexpr int64_t kByFollower = 30'000;

// Samples from the song's start to its music.
int64_t music_of(const std::string& output) {
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.value("event", "") == "begins")
      return json.at("music").get<int64_t>() - json.at("start").get<int64_t>();
  }
  return -1;
}

double likeness(const std::vector<float>& sound, int64_t at, bool accent) {
  const auto click = click_sound(accent);
  if (at < 0 || at + kClickSamples > static_cast<int64_t>(sound.size())) return 0;
  return correlation(std::span(sound).subspan(static_cast<size_t>(at), kClickSamples), click);
}

TEST(Round, ItsCountInClicksAndRepeatsLieOnTheirSamplesInEveryBucket) {
  const Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 300}});
  const auto made = server.make_room();
  const TemporaryFolder& folder = server.folder();
  write_sound(folder / "1.wav", hum_with_clicks(1, 310, 0.02F, {kByLeader}, 0.1F));
  write_sound(folder / "2.wav", hum_with_clicks(1, 350, 0.02F, {kByFollower}, 0.1F));
  const auto arguments = [&](const std::string& n, std::vector<std::string> more) {
    more.insert(more.end(), {"--name", "Singer " + n, "--bucket", n, "--mix-out", folder / ("mix" + n + ".wav"),
                             "--metronome-out", folder / ("metronome" + n + ".wav")});
    return more;
  };
  const std::string room = made.at("room");
  const auto third = server.sing(room, arguments("3", {"--listener"}));
  const auto second = server.sing(room, arguments("2", {"--in", folder / "2.wav"}));
  const auto first = server.sing(room, arguments("1", {"--in", folder / "1.wav", "--start-when", "3", "--key", made.at("key"),
                                                       "--stop-after", "4.6", "--plan",
                                                       R"({"bpm": 133.1, "beats_per_bar": 2, "click": true, "count_in_bars": 1,
                                "round": {"beats": 2, "repeats": 2, "leader_only": false}})"}));
  for (const auto& singer : {first.get(), second.get(), third.get()})
    ASSERT_EQ(singer->wait(), 0) << singer->output() << server.log();

  const int64_t music = music_of(first->output());
  EXPECT_GE(music, -kTempo.samples_to(-2));
  EXPECT_LT(music, -kTempo.samples_to(-2) + kBlockSamples);
  // The leader hears nobody before her, but what was sung a repeat ago; the last one hears everything.
  for (const auto& [name, least_repeat] : {std::pair{"mix1", 1}, {"mix2", 1}, {"mix3", 0}}) {
    const auto sound = read_mono(folder / (std::string(name) + ".wav"));
    for (int repeat = least_repeat; repeat <= 2; ++repeat) {
      for (const int64_t sung : {kByLeader, kByFollower}) {
        const int64_t at = music + sung + kTempo.samples_to(int64_t{repeat} * kBeatsOfARepeat);
        const Found found = find_click(sound, at);
        EXPECT_EQ(found.error_samples, 0) << name << ", repeat " << repeat << " of " << sung;
        EXPECT_GT(found.height, 0.05) << name << ", repeat " << repeat << " of " << sung;
      }
    }
  }
  const auto first_hears = read_mono(folder / "mix1.wav");
  EXPECT_LT(rms(std::span(first_hears).first(static_cast<size_t>(music + kTempo.samples_to(kBeatsOfARepeat) - 960))), 1e-3)
      << "before the first repeat the leader hears nobody";
  for (const char* n : {"1", "2", "3"}) {
    const auto metronome = read_mono(folder / (std::string("metronome") + n + ".wav"));
    for (int64_t beat = -2; beat < 8; ++beat) {
      const int64_t at = music + kTempo.samples_to(beat);
      const bool accent = beat % 2 == 0;
      const double here = likeness(metronome, at, accent);
      EXPECT_GT(here, 0.95) << n << ", beat " << beat;
      EXPECT_GT(here, likeness(metronome, at - 1, accent)) << n << ", beat " << beat;
      EXPECT_GT(here, likeness(metronome, at + 1, accent)) << n << ", beat " << beat;
    }
  }
}

TEST(Round, InTwoPartsSoundsAsItsPartsRenderedOffLine) {
  constexpr size_t kSungSamples = 3 * 48'000;
  const Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 300}});
  const auto made = server.make_room();
  const TemporaryFolder& folder = server.folder();
  std::vector<float> melody = render_robot_part(0);
  melody.resize(kSungSamples);
  write_sound(folder / "melody.wav", melody);
  const auto arguments = [&](const std::string& n, std::vector<std::string> more) {
    more.insert(more.end(), {"--name", "Singer " + n, "--bucket", n});
    return more;
  };
  const std::string room = made.at("room");
  const auto third = server.sing(room, arguments("3", {"--listener", "--mix-out", folder / "heard.wav"}));
  const auto second = server.sing(room, arguments("2", {"--in", folder / "melody.wav"}));
  const auto first = server.sing(
      room, arguments("1", {"--in", folder / "melody.wav", "--start-when", "3", "--key", made.at("key"), "--stop-after", "3.2",
                            "--plan", R"({"bpm": 133.1, "round": {"beats": 4, "parts": 2}})"}));
  for (const auto& singer : {first.get(), second.get(), third.get()})
    ASSERT_EQ(singer->wait(), 0) << singer->output() << server.log();

  const auto enters = static_cast<size_t>(kTempo.samples_to(4));
  std::vector<float> later(enters);
  later.insert(later.end(), melody.begin(), melody.end());
  const std::vector<ChoirVoice> voices{{melody, true}, {later, false}};
  const auto expected = offline_sum(voices, kLowDelaySamples);
  const auto heard = read_mono(folder / "heard.wav");
  const size_t length = enters + kSungSamples - 4'800;
  ASSERT_GE(heard.size(), length) << "the second part is heard to its end, though the leader has stopped before";
  const double at_zero = correlation(std::span(heard).first(length), std::span(expected).first(length));
  EXPECT_GT(at_zero, 0.98);
  EXPECT_LT(correlation(std::span(heard).subspan(1, length - 1), std::span(expected).first(length - 1)), at_zero);
  EXPECT_LT(correlation(std::span(heard).first(length - 1), std::span(expected).subspan(1, length - 1)), at_zero);
}

TEST(Round, DealtByVoicePartsSoundsAsItsPartsRenderedOffLine) {
  constexpr size_t kSungSamples = 2 * 48'000;
  const Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 300}});
  const auto made = server.make_room();
  const TemporaryFolder& folder = server.folder();
  std::vector<float> melody = render_robot_part(0);
  melody.resize(kSungSamples);
  write_sound(folder / "melody.wav", melody);
  const std::string room = made.at("room");
  // The leader sings Soprano, the first part of the round. Who sings Bass comes to stand behind her, where the second part is
  // sung, and is dealt to where the third is when the song starts. She names no bucket: who does goes back to it.
  const auto ear = server.sing(room, {"--name", "Ear", "--bucket", "5", "--listener", "--mix-out", folder / "heard.wav"});
  const auto bass = server.sing(room, {"--name", "Bass", "--part", "Bass", "--in", folder / "melody.wav"});
  const auto leader =
      server.sing(room, {"--name", "Leader", "--bucket", "1", "--part", "Soprano", "--in", folder / "melody.wav", "--start-when",
                         "3", "--key", made.at("key"), "--stop-after", "2.2", "--plan",
                         R"({"bpm": 133.1, "round": {"beats": 4, "parts": 3, "voices": {"Soprano": 1, "Bass": 3}}})"});
  for (const auto& singer : {leader.get(), bass.get(), ear.get()})
    ASSERT_EQ(singer->wait(), 0) << singer->output() << server.log();

  const auto enters = static_cast<size_t>(kTempo.samples_to(8));
  std::vector<float> later(enters);
  later.insert(later.end(), melody.begin(), melody.end());
  const std::vector<ChoirVoice> voices{{melody, true}, {later, false}};
  const auto expected = offline_sum(voices, kLowDelaySamples);
  const auto heard = read_mono(folder / "heard.wav");
  const size_t length = enters + kSungSamples - 4'800;
  ASSERT_GE(heard.size(), length);
  const double at_zero = correlation(std::span(heard).first(length), std::span(expected).first(length));
  EXPECT_GT(at_zero, 0.98);
  EXPECT_LT(correlation(std::span(heard).subspan(1, length - 1), std::span(expected).first(length - 1)), at_zero);
  EXPECT_LT(correlation(std::span(heard).first(length - 1), std::span(expected).subspan(1, length - 1)), at_zero);
}

}  // namespace
}  // namespace roundelay::e2e::round_test
