// One's own part louder, through real processes: its voices come once more beside the mix, on their samples, also when a shard
// dies.
#include <gtest/gtest.h>
#include <signal.h>

#include <cmath>
#include <map>
#include <span>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "mixer/gain.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::own_part_test {
namespace {

constexpr double kSongSeconds = 5.0;
constexpr double kCodecTolerance = 0.08;  // as in alignment_test.cpp
constexpr float kClick = 0.1F;
constexpr int64_t kLate = 220'000;  // where each click lies again: behind the shard's end

int64_t blocks_heard_by(Process& singer) {
  int64_t blocks = 0;
  std::istringstream lines(singer.output());
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.value("event", "") == "heard") blocks = json.at("blocks");
  }
  return blocks;
}

TEST(OwnPart, WhoWantsItHearsTheSumOfHerPartOnItsSamplesAlsoWhenAShardDies) {
  constexpr int64_t kAnna = 24'000, kTom = 29'000, kBerta = 34'000;
  const Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 600}});
  const auto made = server.make_room();
  const std::string room = made.at("room");
  const TemporaryFolder& folder = server.folder();
  std::map<std::string, std::vector<float>> voices;
  for (const auto& [name, hz, click] : {std::tuple{"Anna", 310.0, kAnna}, {"Tom", 350.0, kTom}, {"Berta", 390.0, kBerta}}) {
    voices[name] = hum_with_clicks(kSongSeconds, hz, 0.02F, {click, click + kLate - kAnna}, kClick);
    write_sound(folder / (std::string(name) + ".wav"), voices[name]);
  }
  const auto singer = [&](const std::string& name, const std::string& bucket, const std::string& part,
                          std::vector<std::string> more) {
    more.insert(more.end(), {"--name", name, "--bucket", bucket, "--part", part});
    if (voices.contains(name)) more.insert(more.end(), {"--in", folder / (name + ".wav")});
    return server.sing(room, more);
  };
  const auto listener = server.sing(room, {"--listener", "--name", "Ear", "--bucket", "4"});
  const auto tom = singer("Tom", "2", "Tenor", {});
  const auto berta = singer("Berta", "3", "Alto", {"--part-out", folder / "berta.wav"});
  const auto dora = singer("Dora", "4", "Alto", {"--part-out", folder / "dora.wav", "--mix-out", folder / "mix.wav"});
  const auto anna = singer("Anna", "1", "Alto", {"--start-when", "5", "--key", made.at("key"), "--stop-after", "4.9"});
  ASSERT_TRUE(wait_until([&] { return blocks_heard_by(*dora) >= 50; })) << server.log();
  EXPECT_GT(server.total("part_encodes"), 40U);
  EXPECT_EQ(server.total("encodes") - server.total("part_encodes"), server.total("blocks_mixed"));
  kill(server.pids("shard").at(0), SIGKILL);
  for (const auto& process : {anna.get(), tom.get(), berta.get(), dora.get(), listener.get()})
    ASSERT_EQ(process->wait(), 0) << process->output() << server.log();

  // Berta hears Anna; Dora, who is silent, hears both. As loud as they are in the mix, the leader without her boost.
  const auto of_berta = read_mono(folder / "berta.wav");
  const auto of_dora = read_mono(folder / "dora.wav");
  const auto check = [](std::span<const float> heard, int64_t at, float gain) {
    const Found found = find_click(heard, at);
    EXPECT_EQ(found.error_samples, 0) << at;
    EXPECT_NEAR(found.height, kClick * gain, kClick * gain * kCodecTolerance) << at;
  };
  const float of_two = automatic_gain(2) * kGlobalVolume;
  const float of_three = automatic_gain(3) * kGlobalVolume;
  for (const int64_t later : {int64_t{0}, kLate - kAnna}) {
    check(of_berta, kAnna + later, of_two);
    check(of_dora, kAnna + later, of_three);
    check(of_dora, kBerta + later, of_three);
    EXPECT_LT(std::abs(find_click(of_berta, kTom + later, 0).height), 0.02) << "another part";
    EXPECT_LT(std::abs(find_click(of_dora, kTom + later, 0).height), 0.02) << "another part";
    EXPECT_GT(find_click(read_mono(folder / "mix.wav"), kTom + later).height, 0.05) << "in the mix she is heard";
  }
  std::vector<float> sum(voices["Anna"].size());
  for (size_t i = 0; i < sum.size(); ++i) sum[i] = of_three * (voices["Anna"][i] + voices["Berta"][i]);
  constexpr size_t kFrom = 14'400, kSamples = 28'800;
  const auto heard = std::span(of_dora).subspan(kFrom, kSamples);
  const auto expected = std::span(sum).subspan(kFrom, kSamples);
  EXPECT_GT(correlation(heard, expected), 0.98);
  EXPECT_NEAR(rms(heard) / rms(expected), 1, 0.05);
}

}  // namespace
}  // namespace roundelay::e2e::own_part_test
