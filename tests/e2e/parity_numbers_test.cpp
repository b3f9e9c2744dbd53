// The reference's numbers (web/PARITY.md, "Its numbers") through real processes: one server, and a song that shows several of
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <fstream>
#include <map>
#include <memory>
#include <numbers>
#include <sstream>

#include "mixer/click_sound.h"
#include "mixer/position.h"
#include "server/wire/sound/mix_message.h"
#include "tests/e2e/packet_singer.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::parity_numbers_test {
namespace {

using nlohmann::json;

// The height of a tone of so many Hz in a second of sound.
double tone(std::span<const float> sound, double hz) {
  std::complex<double> sum = 0;
  for (size_t i = 0; i < sound.size(); ++i)
    sum += static_cast<double>(sound[i]) * std::polar(1.0, -2 * std::numbers::pi * hz * static_cast<double>(i) / kSampleRate);
  return 2 * std::abs(sum) / static_cast<double>(sound.size());
}

// Others who do not sing; the first of them may lead.
using People = std::vector<std::unique_ptr<RawClient>>;

class ParityNumbers : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<Server>(2, json{{"default_interval_ms", 200}, {"lead_in_ms", 300}}); }
  static void TearDownTestSuite() { server_.reset(); }

  // A leader and so many followers in a room of their own, dealt.
  People line_up(const std::string& room, int followers) {
    People people;
    for (int i = 0; i <= followers; ++i) {
      people.push_back(std::make_unique<RawClient>(server_->port()));
      EXPECT_EQ(people.back()->enter(room, "Singer " + std::to_string(i)).value("type", ""), "welcome");
    }
    people[0]->send_json({{"type", "lead"}});
    EXPECT_TRUE(people[0]->receive_type("leader"));
    return people;
  }
  // Whether it was done.
  static bool ask(RawClient& client, json message) {
    static int last_id = 0;
    message["id"] = ++last_id;
    client.send_json(message);
    while (const auto answer = client.receive()) {
      if (answer->opcode != 1) continue;
      const json said = answer->json();
      if (said.value("id", 0) != last_id) continue;
      if (said.at("type") == "done") return true;
      ADD_FAILURE() << said;
      return false;
    }
    return false;
  }
  // As a listener finds it who comes in.
  static json welcome_in(const std::string& room) {
    RawClient visitor(server_->port());
    return visitor.enter(room, "Visitor", {{"role", "listener"}});
  }

  static std::unique_ptr<Server> server_;
};
std::unique_ptr<Server> ParityNumbers::server_;

// Of all who sing, the leader first; from 1.
std::vector<int> buckets_in(const json& welcome) {
  std::vector<int> out;
  for (const json& person : welcome.at("people")) {
    if (person.at("role") == "singer") out.push_back(person.at("bucket"));
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST_F(ParityNumbers, FollowersAndSpectatorsStandWhereTheReferencePutsThem) {
  struct Case {
    int followers;
    std::vector<int> buckets;
    int spectators;
  };
  // Bucket b lies 3 b seconds behind.
  for (const auto& [followers, buckets, spectators] : {Case{1, {1, 2}, 3},
                                                       {2, {1, 2, 3}, 4},
                                                       {3, {1, 2, 3, 4}, 5},
                                                       {5, {1, 2, 3, 4, 5, 6}, 6},
                                                       {6, {1, 2, 3, 4, 5, 6, 6}, 6},
                                                       {7, {1, 2, 3, 4, 5, 5, 6, 6}, 6}}) {
    const std::string room = server_->make_room().at("room");
    const People people = line_up(room, followers);
    const json seen = welcome_in(room);
    EXPECT_EQ(buckets_in(seen), buckets) << followers;
    EXPECT_EQ(seen.at("you").at("bucket"), spectators) << followers;
  }
}

TEST_F(ParityNumbers, RoundsStretchTheLineAsInTheReference) {
  struct Case {
    int bpm, beats, repeats;
    std::vector<int> offsets_s;  // empty: only the leader's
    int leader_s;
  };
  for (const auto& [bpm, beats, repeats, offsets_s, leader_s] : {Case{120, 16, 1, {11, 14, 14, 17, 17, 17}, 11},
                                                                 {60, 16, 2, {35, 38, 41, 44, 47, 50}, 35},
                                                                 {60, 4, 2, {11, 14, 14, 14, 14, 14}, 11},
                                                                 {60, 100, 2, {}, 93}}) {
    SCOPED_TRACE(std::to_string(bpm) + ", " + std::to_string(beats) + ", " + std::to_string(repeats));
    const std::string room = server_->make_room().at("room");
    const People people = line_up(room, 5);
    RawClient& leader = *people[0];
    ASSERT_TRUE(ask(leader, {{"type", "settings"}, {"interval", "by_hand"}, {"interval_ms", 3'000}, {"first_offset_ms", 3'000}}));
    ASSERT_TRUE(ask(
        leader, {{"type", "plan"}, {"bpm", bpm}, {"round", {{"beats", beats}, {"repeats", repeats}, {"leader_only", false}}}}));
    ASSERT_TRUE(ask(leader, {{"type", "start"}}));
    const json seen = welcome_in(room);
    const json& offsets = seen.at("settings").at("offsets");
    std::vector<int> told_s;
    for (const int bucket : buckets_in(seen)) told_s.push_back(offsets.at(static_cast<size_t>(bucket - 1)).get<int>() / 50);
    EXPECT_EQ(told_s.at(0), leader_s);
    if (!offsets_s.empty()) {
      EXPECT_EQ(told_s, offsets_s);
    }
  }
}

TEST_F(ParityNumbers, ABackingIsHeardAtAFifthOfFullScale) {
  const json made = server_->make_room();
  const std::string room = made.at("room");
  RawClient organiser(server_->port());
  const json welcome = organiser.enter(room, "Organiser", {{"role", "listener"}, {"key", made.at("key")}});
  EXPECT_NEAR(welcome.at("backing_gain"), 0.192, 1e-6);
  // Too short for its loudness to be known, by which it would be brought to that of the voices.
  std::vector<float> track(14'400);
  for (size_t i = 0; i < track.size(); ++i)
    track[i] = static_cast<float>(std::sin(2 * std::numbers::pi * 1'000 * static_cast<double>(i) / kSampleRate));
  const std::string file = server_->folder() / "track.wav";
  write_sound(file, track);
  std::ostringstream body;
  body << std::ifstream(file, std::ios::binary).rdbuf();
  const HttpAnswer answer = server_->request("POST", "/api/rooms/" + room + "/tracks?name=track.wav", body.str(),
                                             "Authorization: Bearer " + welcome.at("token").get<std::string>() + "\r\n");
  ASSERT_EQ(answer.status, 201) << answer.body;
  ASSERT_TRUE(answer.json().at("track").at("loudness").is_null()) << answer.body;
  const std::string heard = server_->folder() / "out.wav";
  const auto leader = server_->sing(room, {"--name", "Leader", "--key", made.at("key"), "--start-when", "2", "--track",
                                           answer.json().at("track").at("id"), "--out", heard});
  ASSERT_EQ(leader->wait(), 0) << leader->output();
  const auto sound = read_mono(heard);
  ASSERT_GE(sound.size(), 9'600U);
  EXPECT_NEAR(tone(std::span(sound).subspan(4'800, 4'800), 1'000), 0.192, 0.192 * 0.03);
}

// The choir of one song. The leader in bucket 1, one each in 2 to 4, six in 5 beside one whose volume is 0, and six in
// 6 whom nobody hears. A volume's factor is g(v / 2) / g(0.5), so these are points of the volume scale too: its smallest, and
// the silence below.
TEST_F(ParityNumbers, VolumesGainsBeatsAndAHaltInOneSong) {
  constexpr double kHeight = 0.1;  // of PacketSinger's tone
  constexpr double kTolerance = 0.03;
  constexpr double kLeaderHz = 300;
  constexpr double kSecondHz = 1'000;
  constexpr double kMutedHz = 500;
  const json made = server_->make_room();
  const std::string room = made.at("room");
  struct Place {
    int bucket;
    double hz;
    double volume;
    double factor;
  };
  const std::vector<Place> places{{1, kLeaderHz, 1, 1},     {2, kSecondHz, 1, 1},   {3, 1'200, 1, 1},
                                  {4, 1'400, 1, 1},         {5, 1'600, 1, 1},       {5, 1'700, 1, 1},
                                  {5, 1'800, 1, 1},         {5, 1'900, 1, 1},       {5, 2'000, 1, 1},
                                  {5, 2'100, 1, 1},         {5, kMutedHz, 0, 0},    {6, 600, 0.5, 0.177817},
                                  {6, 700, 1.5, 5.623757},  {6, 800, 2, 31.626646}, {6, 900, 0.25, 0.074985},
                                  {6, 650, 3e-7, 0.031619}, {6, 750, 1e-7, 0}};
  std::vector<std::unique_ptr<PacketSinger>> singers;
  for (const Place& place : places)
    singers.push_back(std::make_unique<PacketSinger>(server_->port(), room, "Singer " + std::to_string(singers.size()),
                                                     PacketSinger::Options{.bucket = place.bucket, .hz = place.hz}));
  ASSERT_TRUE(wait_until(
      [&] { return std::all_of(singers.begin(), singers.end(), [](const auto& each) { return !each->person().empty(); }); }));
  PacketSinger& leader = *singers[0];
  leader.say({{"type", "lead"}});
  ASSERT_TRUE(wait_until([&] { return !leader.heard("leader").empty(); }));
  // Each back to where she is wanted, after the dealing.
  for (size_t i = 1; i < singers.size(); ++i) singers[i]->say({{"type", "bucket"}, {"bucket", places[i].bucket}});
  std::vector<int> wanted;
  for (const Place& place : places) wanted.push_back(place.bucket);
  ASSERT_TRUE(wait_until([&] { return buckets_in(welcome_in(room)) == wanted; })) << welcome_in(room);

  RawClient organiser(server_->port());
  (void)organiser.enter(room, "Organiser", {{"role", "listener"}, {"key", made.at("key")}});
  ASSERT_TRUE(ask(organiser, {{"type", "bucket"}, {"bucket", 6}}));
  ASSERT_TRUE(ask(organiser, {{"type", "console"}, {"open", true}}));
  std::map<std::string, double> factors;
  for (size_t i = 0; i < singers.size(); ++i) {
    factors[singers[i]->person()] = places[i].factor;
    if (places[i].volume == 1) continue;
    ASSERT_TRUE(ask(organiser, {{"type", "volume"}, {"person", singers[i]->person()}, {"volume", places[i].volume}}));
  }
  // Above 2 nothing is louder than 2: it is refused, and she stays as she was.
  organiser.send_json({{"type", "volume"}, {"person", singers.back()->person()}, {"volume", 2.5}, {"id", 2}});
  const auto refused = organiser.receive_type("error");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->at("code"), "bad_setting");
  const TemporaryFolder& folder = server_->folder();
  std::map<int, std::unique_ptr<Process>> ears;
  for (int bucket = 2; bucket <= 6; ++bucket) {
    const std::string n = std::to_string(bucket);
    ears[bucket] = server_->sing(room, {"--listener", "--name", "Ear " + n, "--bucket", n, "--mix-out",
                                        folder / ("mix" + n + ".wav"), "--metronome-out", folder / ("metronome" + n + ".wav")});
  }
  ASSERT_TRUE(wait_until([&] { return server_->status().at("people") >= singers.size() + ears.size() + 1; }))
      << server_->status();
  leader.say({{"type", "plan"}, {"bpm", 120}, {"click", true}});
  leader.say({{"type", "start"}});
  ASSERT_TRUE(wait_until([&] { return leader.song().playing; }));

  // Until the last bucket has heard 2.2 s; the levels on the way.
  std::map<std::string, json> levels;
  const int64_t until = leader.song().start + 22 * kSampleRate / 10;
  bool heard_enough = false;
  while (!heard_enough) {
    const auto message = organiser.receive();
    ASSERT_TRUE(message) << levels.size();
    if (message->opcode == 2) {
      const auto mix = wire::parse_mix(message->bytes);
      ASSERT_TRUE(mix);
      heard_enough = mix->song != 0 && mix->position.samples >= until;
    } else if (const json said = message->json(); said.at("type") == "levels") {
      for (const json& row : said.at("people")) levels[row[0]] = row;
    }
  }
  // 11: not the leader. `done` tells now; the last bucket is a second behind it.
  organiser.send_json({{"type", "stop"}, {"id", 1}});
  const auto ends = organiser.receive_type("song");
  ASSERT_TRUE(ends);
  const auto done = organiser.receive_type("done");
  ASSERT_TRUE(done);
  const int64_t last_bucket_hears = done->at("position").get<int64_t>() - 5 * kSampleRate / 5;
  EXPECT_NEAR(static_cast<double>(ends->at("song").at("end").get<int64_t>() - last_bucket_hears), 0, 2 * kBlockSamples);
  for (const auto& [bucket, ear] : ears) ASSERT_EQ(ear->wait(), 0) << bucket << ear->output();

  // 1 and 2: the levels before and after each volume; 0 is silence.
  for (const auto& [id, factor] : factors) {
    if (factor == 0) {
      EXPECT_FALSE(levels.contains(id)) << "she is not even decoded";
      continue;
    }
    ASSERT_TRUE(levels.contains(id)) << factor << " of " << levels.size();
    const json& row = levels.at(id);
    EXPECT_NEAR(row[3].get<double>() - row[2].get<double>(), 20 * std::log10(factor), 0.3) << row;
  }
  // 1: the leader is louder by 6.002 dB, which is the scale's 1.1. 3: the gain for so many people; each then by 1.2.
  const auto heard_in = [&](int bucket, double hz) {
    const auto sound = read_mono(folder / ("mix" + std::to_string(bucket) + ".wav"));
    EXPECT_GE(sound.size(), 2U * kSampleRate) << bucket;
    return sound.size() < 2U * kSampleRate ? 0 : tone(std::span(sound).subspan(kSampleRate, kSampleRate), hz) / kHeight;
  };
  EXPECT_NEAR(heard_in(2, kLeaderHz), 1.995799 * 1.2, 2.4 * kTolerance);
  for (const auto& [bucket, gain] : {std::pair{3, 0.866025}, {4, 0.774597}, {5, 0.707107}, {6, 0.5}})
    EXPECT_NEAR(heard_in(bucket, kSecondHz), gain * 1.2, gain * 1.2 * kTolerance) << bucket;
  EXPECT_LT(heard_in(6, kMutedHz), 0.02) << "nothing but what the codec leaves; and she counts as nobody";
  // 8: a beat is 24,000 samples, in every bucket.
  for (int bucket = 2; bucket <= 6; ++bucket) {
    const auto clicks = read_mono(folder / ("metronome" + std::to_string(bucket) + ".wav"));
    for (int beat = 0; beat < 4; ++beat) {
      const auto click = click_sound(beat == 0);
      const auto likeness = [&](int64_t at) {
        return correlation(std::span(clicks).subspan(static_cast<size_t>(at), kClickSamples), click);
      };
      const int64_t at = beat * 24'000;
      ASSERT_GE(static_cast<int64_t>(clicks.size()), at + kClickSamples + 1);
      EXPECT_GT(likeness(at), 0.95) << bucket << ", beat " << beat;
      EXPECT_GT(likeness(at), likeness(at + 1)) << bucket << ", beat " << beat;
      if (at == 0) continue;
      EXPECT_GT(likeness(at), likeness(at - 1)) << bucket << ", beat " << beat;
    }
  }
}

// 11, the warning: the leader's voice needs a tenth of a second more than the interval, her follower's three tenths less.
TEST_F(ParityNumbers, WhoseVoiceNeedsLongerThanTheIntervalIsToldSoAndTheOrganiserToo) {
  const json made = server_->make_room();
  const std::string room = made.at("room");
  RawClient organiser(server_->port());
  (void)organiser.enter(room, "Organiser", {{"role", "listener"}, {"key", made.at("key")}});
  constexpr int kIntervalMs = 400;
  ASSERT_TRUE(ask(organiser, {{"type", "settings"}, {"interval_ms", kIntervalMs}}));
  PacketSinger slow(server_->port(), room, "Slow", {.delay_blocks = 25});
  PacketSinger quick(server_->port(), room, "Quick", {.bucket = 2, .delay_blocks = 5});
  // Whom nobody hears is not told: one more, behind both.
  PacketSinger last(server_->port(), room, "Last", {.bucket = 3});
  ASSERT_TRUE(wait_until([&] { return !slow.person().empty() && !quick.person().empty() && !last.person().empty(); }));
  slow.say({{"type", "lead"}});
  ASSERT_TRUE(wait_until([&] { return !slow.heard("leader").empty(); }));
  quick.say({{"type", "bucket"}, {"bucket", 2}});
  last.say({{"type", "bucket"}, {"bucket", 3}});
  ASSERT_TRUE(wait_until([&] { return buckets_in(welcome_in(room)) == std::vector{1, 2, 3}; })) << welcome_in(room);
  slow.say({{"type", "start"}});

  const auto late_percent = [](const PacketSinger& singer) {
    const auto told = singer.heard("loop");
    return told.empty() ? -1.0 : told.back().at("late_percent").get<double>();
  };
  ASSERT_TRUE(wait_until([&] { return late_percent(slow) > 50 && late_percent(quick) >= 0; }))
      << late_percent(slow) << ", " << late_percent(quick);
  EXPECT_LT(late_percent(quick), 50);
  // The organiser hears of the first by name.
  bool named = false;
  while (!named) {
    const auto loops = organiser.receive_type("loops");
    ASSERT_TRUE(loops);
    const json& worst = loops->at("slow");
    named = !worst.empty() && worst[0].at("id") == slow.person() && worst[0].at("late_percent") > 50 &&
            worst[0].at("loop_ms") > kIntervalMs;
  }
}

}  // namespace
}  // namespace roundelay::e2e::parity_numbers_test
