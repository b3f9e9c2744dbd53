// The console through real processes: volumes, levels and the solo mix.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "codec/opus.h"
#include "mixer/gain.h"
#include "mixer/room_state.h"
#include "server/wire/sound/mix_message.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::console_test {
namespace {

using nlohmann::json;

constexpr double kSeconds = 3.0;
constexpr double kCodecTolerance = 0.08;  // as in alignment_test.cpp

// The id of the person of this name, once she has come.
std::string id_of(RawClient& client, const std::string& name) {
  while (const auto message = client.receive()) {
    if (message->opcode != 1) continue;
    const json said = message->json();
    const json people = said.at("type") == "person"   ? json::array({said.at("person")})
                        : said.at("type") == "people" ? said.at("people")
                                                      : json::array();
    for (const json& person : people) {
      if (person.at("name") == name) return person.at("id");
    }
  }
  ADD_FAILURE() << name << " did not come";
  return "";
}

// What a listener hears of the solo mix, from the song's start on.
class SoloEar {
 public:
  explicit SoloEar(RawClient& client) : client_(client) {}

  // Until so many seconds of it have come.
  std::vector<float> hear(double seconds) {
    const auto wanted = static_cast<int64_t>(seconds * kSampleRate);
    std::vector<float> sound(static_cast<size_t>(wanted));
    int64_t start = -1;
    while (const auto message = client_.receive()) {
      if (message->opcode == 1) {
        const json said = message->json();
        if (said.at("type") == "song") start = said.at("song").at("start");
        if (said.at("type") == "listening" && !said.at("offset_blocks").is_null()) offset_blocks_ = said.at("offset_blocks");
      }
      if (message->opcode != 2) continue;
      const auto mix = wire::parse_mix(message->bytes);
      EXPECT_TRUE(mix);
      if (!mix || mix->song == 0) continue;
      EXPECT_EQ(mix->bucket, kSoloBucket);
      for (int i = 0; i < mix->count; ++i) {
        EXPECT_TRUE(mix->blocks[i].backing.empty());
        people_ = std::max<int>(people_, mix->blocks[i].people);
        float block[kBlockSamples];
        EXPECT_TRUE(decoder_.decode(mix->blocks[i].mix, block));
        const int64_t at = (mix->position + Blocks{i}).samples - wire::kMixDelaySamples - start;
        for (int s = 0; s < kBlockSamples; ++s) {
          if (at + s >= 0 && at + s < wanted) sound[static_cast<size_t>(at + s)] = block[s];
        }
        if (at + kBlockSamples >= wanted) return sound;
      }
    }
    ADD_FAILURE() << "the solo mix ended early";
    return sound;
  }
  [[nodiscard]] int people() const { return people_; }
  [[nodiscard]] int64_t offset_blocks() const { return offset_blocks_; }

 private:
  RawClient& client_;
  BlockDecoder decoder_{1};
  int people_ = 0;
  int64_t offset_blocks_ = -1;
};

TEST(Console, ListenersHearExactlyTheSoloedVoicesAtTheirPositionsAndTheConsoleTellsTheirLevels) {
  constexpr float kHeight = 0.1F;
  const std::vector<int64_t> first{48'000}, second{60'000, 96'000}, third{72'000};
  Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 600}});
  const auto made = server.make_room();
  const std::string room = made.at("room");
  const TemporaryFolder& folder = server.folder();
  for (const auto& [name, hz, clicks] : {std::tuple{"1", 310.0, first}, {"2", 350.0, second}, {"3", 390.0, third}})
    write_sound(folder / (std::string(name) + ".wav"), hum_with_clicks(kSeconds, hz, 0.02F, clicks, kHeight));

  RawClient organiser(server.port());
  (void)organiser.enter(room, "Organiser", {{"role", "listener"}, {"key", made.at("key")}});
  RawClient ear(server.port());
  (void)ear.enter(room, "Ear", {{"role", "listener"}});
  ear.send_json({{"type", "listen"}, {"to", "solo"}});
  ASSERT_TRUE(ear.receive_type("listening"));
  const auto singer = [&](const std::string& n, std::vector<std::string> more) {
    more.insert(more.end(), {"--name", "Singer " + n, "--bucket", n, "--in", folder / (n + ".wav")});
    return server.sing(room, more);
  };
  const auto two = singer("2", {});
  const std::string soloed = id_of(organiser, "Singer 2");
  organiser.send_json({{"type", "console"}, {"open", true}});
  ASSERT_TRUE(organiser.receive_type("console"));
  organiser.send_json({{"type", "volume"}, {"person", soloed}, {"volume", 1.1}});
  organiser.send_json({{"type", "solo"}, {"person", soloed}, {"on", true}});
  const auto three = singer("3", {});
  const auto one = singer("1", {"--lead", "--start-when", "5", "--stop-after", "3"});

  SoloEar solo(ear);
  const std::vector<float> heard = solo.hear(2.5);
  const double factor = microphone_factor(1.1);
  for (const int64_t at : second) {
    const Found found = find_click(heard, at);
    EXPECT_EQ(found.error_samples, 0) << at;
    EXPECT_NEAR(found.height, kHeight * factor, kHeight * factor * kCodecTolerance) << at;
  }
  for (const int64_t at : {first[0], third[0]}) EXPECT_LT(std::abs(find_click(heard, at, 0).height), 0.02) << at;
  EXPECT_EQ(solo.people(), 1);
  EXPECT_EQ(solo.offset_blocks(), 20) << "one interval of 200 ms behind bucket 2";

  // The levels of all who sing, before and after their volumes.
  std::map<std::string, json> levels;
  while (levels.size() < 3) {
    const auto message = organiser.receive_type("levels");
    ASSERT_TRUE(message) << levels.size();
    for (const json& row : message->at("people")) levels[row[0]] = row;
  }
  for (const auto& [id, row] : levels) {
    EXPECT_NEAR(row[2], -37, 4) << "a hum of 0.02";
    EXPECT_NEAR(row[3].get<double>() - row[2].get<double>(), id == soloed ? 20 * std::log10(factor) : 0, 0.3);
    EXPECT_EQ(row[5], 0) << "clips";
  }
  for (const auto& process : {one.get(), two.get(), three.get()}) EXPECT_EQ(process->wait(), 0) << process->output();
}

}  // namespace
}  // namespace roundelay::e2e::console_test
