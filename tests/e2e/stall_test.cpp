// An honest singer on a line that stalls: her voice is held back and then comes all at once, over a real socket. She stays in,
// and whoever still can hears her in time to the sample.
#include <gtest/gtest.h>

#include <signal.h>

#include <deque>
#include <thread>

#include "codec/opus.h"
#include "server/wire/sound/mix_message.h"
#include "server/wire/sound/voice_message.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::stall_test {
namespace {

constexpr int kIntervalMs = 200;
constexpr double kSeconds = 4;

// Between the two stalls and after them; in the last second of each stall.
const std::vector<int64_t> kClicksInTime{96'000, 172'000};
const std::vector<int64_t> kClicksHeldBack{60'000, 140'000};

bool is_stalled(int64_t sample) {
  return (sample > 19'200 && sample < 76'800) || (sample > 105'600 && sample < 153'600);  // 1.2 s and 1 s
}

// Sings what she hears into the line, which passes it on when it does not stall.
class StallingSinger {
 public:
  StallingSinger(const Server& server, const std::string& room) : client_(server.port()) {
    std::vector<int64_t> clicks = kClicksInTime;
    clicks.insert(clicks.end(), kClicksHeldBack.begin(), kClicksHeldBack.end());
    sound_ = hum_with_clicks(kSeconds + 1, 310, 0.02F, clicks, 0.1F);
    EXPECT_EQ(client_.enter(room, "Ann").value("type", ""), "welcome");
  }

  void lead_and_start() {
    client_.send_json({{"type", "lead"}});
    client_.send_json({{"type", "start"}});
  }

  // To the song's end. False: she was thrown out, or nothing came any more.
  [[nodiscard]] bool sing() {
    while (const auto message = client_.receive()) {
      if (message->opcode == 8) return false;
      if (message->opcode == 1) {
        const auto said = message->json();
        if (said.at("type") == "error") errors.push_back(said);
        if (said.at("type") == "loop") last_loop = said;
        if (said.at("type") != "song") continue;
        song_ = said.at("song").at("number");
        start_ = said.at("song").at("start");
        if (said.at("song").at("state") == "none") return true;
      } else if (const auto mix = wire::parse_mix(message->bytes); mix && mix->song != 0 && mix->song == song_) {
        for (int i = 0; i < mix->count; ++i) sing_at(mix->position + Blocks{i});
      }
    }
    return false;
  }

  std::vector<nlohmann::json> errors;
  nlohmann::json last_loop;

 private:
  void sing_at(Position at) {
    const int64_t sample = at.samples - start_;
    if (sample < 0 || stopped_) return;
    std::vector<float> pcm(kBlockSamples);
    for (size_t i = 0; i < pcm.size(); ++i)
      pcm[i] = sound_.at(static_cast<size_t>(sample) + static_cast<size_t>(encoder_.delay_samples()) + i);
    std::vector<uint8_t> packet(kMaxPacketBytes);
    packet.resize(static_cast<size_t>(encoder_.encode(std::span<const float, kBlockSamples>(pcm), packet)));
    line_.emplace_back(at, std::move(packet));
    if (is_stalled(sample)) return;
    for (; !line_.empty(); line_.pop_front()) send(line_.front().first, line_.front().second);
    if (static_cast<double>(sample) < kSeconds * 48'000) return;
    stopped_ = true;
    client_.send_json({{"type", "stop"}});
  }
  void send(Position at, const std::vector<uint8_t>& packet) {
    wire::VoiceMessage message;
    message.count = 1;
    message.song = song_;
    message.position = at;
    message.packets[0] = packet;
    std::vector<uint8_t> bytes(wire::kMaxVoiceMessageBytes);
    bytes.resize(wire::build_voice(message, bytes));
    client_.send_binary(bytes);
  }

  RawClient client_;
  BlockEncoder encoder_{EncoderSettings{}};
  std::vector<float> sound_;
  std::deque<std::pair<Position, std::vector<uint8_t>>> line_;
  uint32_t song_ = 0;
  int64_t start_ = 0;
  bool stopped_ = false;
};

// Five seconds of singing cannot be had quicker: two stalls that are longer than the last bucket is behind.
TEST(ALineThatStalls, TwiceLeavesTheSingerInAndInTimeToTheSample) {
  const Server server(1, {{"default_interval_ms", kIntervalMs}, {"lead_in_ms", 400}});
  const std::string room = server.make_room().at("room");
  StallingSinger singer(server, room);
  std::vector<std::unique_ptr<Process>> listeners;
  for (const char* bucket : {"2", "6"}) {
    listeners.push_back(server.sing(room, {"--name", "Lena", "--listener", "--bucket", bucket, "--mix-out",
                                           server.folder() / (std::string(bucket) + ".wav")}));
  }
  ASSERT_TRUE(wait_until([&] { return server.status().at("people") == 3; })) << server.status();
  singer.lead_and_start();
  ASSERT_TRUE(singer.sing()) << "thrown out";
  EXPECT_TRUE(singer.errors.empty()) << singer.errors.front();
  ASSERT_TRUE(singer.last_loop.is_object());
  EXPECT_FALSE(singer.last_loop.contains("dropped")) << "the ring still held it all: " << singer.last_loop;
  EXPECT_GT(singer.last_loop.at("late_percent"), 20) << singer.last_loop;
  for (const auto& listener : listeners) EXPECT_EQ(listener->wait(), 0);

  const auto second = read_mono(server.folder() / "2.wav");
  const auto sixth = read_mono(server.folder() / "6.wav");
  for (const int64_t at : kClicksInTime) {
    for (const auto* heard : {&second, &sixth}) {
      EXPECT_EQ(find_click(*heard, at).error_samples, 0) << at;
      EXPECT_GT(find_click(*heard, at).height, 0.05) << at;
    }
  }
  for (const int64_t at : kClicksHeldBack) {
    EXPECT_EQ(find_click(sixth, at).error_samples, 0) << "who is a second behind hears what was held back, at " << at;
    EXPECT_GT(find_click(sixth, at).height, 0.05) << at;
    EXPECT_LT(find_click(second, at).height, 0.02) << "the next bucket had read it already, at " << at;
  }
}

// The server's machine stands still for a while before a song: that is nobody's loop time, and the song's interval stays short.
TEST(APausedMachine, MakesNoLongerIntervalForTheNextSong) {
  Server server(1);
  RawClient ann(server.port());
  ASSERT_EQ(ann.enter(server.make_room().at("room"), "Ann").value("type", ""), "welcome");
  ann.send_json({{"type", "lead"}});
  const auto answer_probes = [&](int count) {
    while (count > 0) {
      const auto message = ann.receive();
      if (!message) return false;
      const auto probe = message->opcode == 2 ? wire::parse_mix(message->bytes) : tl::unexpected(wire::WireError::kBadType);
      if (!probe) continue;
      wire::VoiceMessage answer;
      answer.bucket = probe->bucket;
      answer.count = 1;
      answer.position = probe->position;
      std::vector<uint8_t> bytes(wire::kMaxVoiceMessageBytes);
      bytes.resize(wire::build_voice(answer, bytes));
      ann.send_binary(bytes);
      --count;
    }
    return true;
  };
  ASSERT_TRUE(answer_probes(30));
  std::vector<pid_t> all = server.pids("shard");
  for (const pid_t pid : server.pids("conductor")) all.push_back(pid);
  ASSERT_EQ(all.size(), 2U);
  for (const pid_t pid : all) kill(pid, SIGSTOP);
  std::this_thread::sleep_for(600ms);  // the pause itself
  for (const pid_t pid : all) kill(pid, SIGCONT);
  ASSERT_TRUE(answer_probes(130));  // a loop time of over a hundred, told to the conductor once a second
  ann.send_json({{"type", "start"}});
  const auto settings = ann.receive_type("settings", 5s);
  ASSERT_TRUE(settings);
  EXPECT_LT(settings->at("settings").at("interval_blocks"), 20) << *settings;
}

}  // namespace
}  // namespace roundelay::e2e::stall_test
