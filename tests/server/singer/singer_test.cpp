#include "server/singer/singer.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "server/singer/heard_recording.h"
#include "server/wire/sound/voice_message.h"
#include "tests/server/singer/fake_server.h"
#include "tests/server/singer/sound_checks.h"

namespace roundelay::singer_test {
namespace {

using nlohmann::json;

constexpr Position kStart{960'000};

class Notes : public SingerEvents {
 public:
  void room_changed(const json& message) override { messages.push_back(message); }
  void song_begins(const control::Song&) override { ++begun; }
  void block_taken(Position at, int) override {
    blocks.push_back(at.samples);
    recording.count_block(at);
  }
  void song_heard(const control::Song&) override { ++heard; }
  void connection_lost(const std::string&) override { ++lost; }
  void gave_up(const std::string& sentence) override { refusal = sentence; }
  void left() override { gone = true; }
  void mix_heard(Position at, std::span<const float, kOpusBlock> mono) override { recording.add_mix(at, mono); }
  void backing_heard(Position at, std::span<const float, 2 * kOpusBlock> stereo) override { recording.add_backing(at, stereo); }

  std::vector<json> messages;
  std::vector<int64_t> blocks;
  HeardRecording recording{kStart};
  int begun = 0;
  int heard = 0;
  int lost = 0;
  std::optional<std::string> refusal;
  bool gone = false;
};

// A port on which nobody listens.
int closed_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t len = sizeof address;
  bind(fd, reinterpret_cast<const sockaddr*>(&address), len);
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &len);
  close(fd);
  return ntohs(address.sin_port);
}

class SingerTest : public testing::Test {
 protected:
  SingerTest() : loop_(8), server_(std::in_place, loop_), voice_(std::vector<float>(50 * 960)) {
    server_->on_text = [this](const json& message) {
      texts_.push_back(message);
      if (message["type"] == "hello") server_->send_text(welcome_.dump());
    };
    server_->on_binary = [this](std::vector<uint8_t> message) { binaries_.push_back(std::move(message)); };
  }
  ~SingerTest() override {
    singer_.reset();
    server_.reset();
  }

  void join(bool listener = false) {
    SingerSettings settings;
    settings.connection.url = {"127.0.0.1", server_->port(), "/ws", false};
    settings.room = "r1";
    settings.name = "Ada";
    settings.bucket = 2;
    settings.listener = listener;
    settings.first_connection_ms = 600;
    singer_.emplace(loop_, settings, voice_, notes_);
    singer_->join();
  }

  template <typename Condition>
  [[nodiscard]] bool wait_for(Condition condition) {
    Timer limit(loop_, [this] { loop_.stop(); });
    Timer look(loop_, [&] {
      if (condition()) loop_.stop();
    });
    limit.start(10'000);
    look.start(1, 1);
    loop_.run();
    return condition();
  }

  // Sends the mix block (silence, or `packet`) `block` blocks after the song's start.
  void send_mix(int block, std::span<const uint8_t> packet = {}, int count = 1) {
    wire::MixMessage message;
    message.bucket = 2;
    message.count = static_cast<uint8_t>(count);
    message.song = 4;
    message.position = kStart + Blocks{block};
    for (int i = 0; i < count; ++i) message.blocks[static_cast<size_t>(i)] = {1, packet, {}};
    std::array<uint8_t, wire::kMaxMixMessageBytes> bytes;
    server_->send_binary(std::span(bytes).first(wire::build_mix(message, bytes)));
  }

  void send_probe(Position at) {
    wire::MixMessage probe;
    probe.bucket = 2;
    probe.count = 1;
    probe.position = at;
    std::array<uint8_t, wire::kMaxMixMessageBytes> bytes;
    server_->send_binary(std::span(bytes).first(wire::build_mix(probe, bytes)));
  }

  ClientLoop loop_;
  std::optional<FakeServer> server_;
  json welcome_ = FakeServer::welcome("token-1", true, kStart.samples);
  VectorVoice voice_;
  Notes notes_;
  std::vector<json> texts_;
  std::vector<std::vector<uint8_t>> binaries_;
  std::optional<Singer> singer_;
};

TEST_F(SingerTest, SaysHelloAndKnowsTheRoom) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  ASSERT_EQ(texts_.size(), 1U);
  EXPECT_EQ(texts_[0],
            json({{"type", "hello"}, {"version", 1}, {"room", "r1"}, {"name", "Ada"}, {"role", "singer"}, {"bucket", 2}}));
  EXPECT_EQ(singer_->view().token, "token-1");
}

TEST_F(SingerTest, AnswersEachBlockHeardWithItsVoiceOfThatPosition) {
  voice_.samples[10 * 960 + 77] = 0.8F;
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  for (int b = -4; b < 14; ++b) send_mix(b);
  send_mix(14, {}, 3);
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 21 && binaries_.size() == 15; }));
  BlockDecoder decoder;
  std::vector<float> sung;
  for (const auto& binary : binaries_) {
    const auto message = wire::parse_voice(binary);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->bucket, 2);
    EXPECT_EQ(message->song, 4U);
    EXPECT_EQ(message->position.samples, kStart.samples + static_cast<int64_t>(sung.size()));
    for (int i = 0; i < message->count; ++i) {
      std::array<float, kOpusBlock> block{};
      const auto packet = message->packets[static_cast<size_t>(i)];
      if (!packet.empty()) {
        EXPECT_TRUE(decoder.decode(packet, block));
      }
      sung.insert(sung.end(), block.begin(), block.end());
    }
  }
  EXPECT_EQ(sung.size(), 17U * 960);
  EXPECT_EQ(loudest_sample(sung), 10U * 960 + 77);
}

TEST_F(SingerTest, HearsEachSampleAtItsPosition) {
  BlockEncoder encoder({});
  join(true);
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  for (int b = -4; b < 12; ++b) {
    std::array<float, kOpusBlock> block{};
    if (b == 5) block[500] = 0.8F;
    std::array<uint8_t, kMaxPacketBytes> packet;
    send_mix(b, std::span(packet).first(static_cast<size_t>(encoder.encode(block, packet))));
  }
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 16; }));
  EXPECT_EQ(loudest_sample(notes_.recording.mix(std::nullopt)), 5U * 960 + 500);
  EXPECT_TRUE(binaries_.empty());  // a listener
}

TEST_F(SingerTest, SingsThroughBlocksThatTheServerLeftOut) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  for (const int b : {0, 1, 2, 6, 7}) send_mix(b);
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 5 && binaries_.size() == 5; }));
  const auto message = wire::parse_voice(binaries_[3]);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->position, kStart + Blocks{3});
  EXPECT_EQ(message->count, 4);
  EXPECT_EQ(singer_->counts().blocks_lost, 3);
}

TEST_F(SingerTest, AnswersFiveBlocksOfOneMessageWithFiveBlocksInOne) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  send_mix(-4, {}, 5);
  send_mix(1, {}, 5);
  send_mix(6, {}, 2);  // lowered within the song
  ASSERT_TRUE(wait_for([&] { return binaries_.size() == 3; }));
  const std::array<std::pair<int, int>, 3> expected = {{{0, 1}, {1, 5}, {6, 2}}};  // nothing is sung before the start
  for (size_t i = 0; i < expected.size(); ++i) {
    const auto message = wire::parse_voice(binaries_[i]);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->position, kStart + Blocks{expected[i].first});
    EXPECT_EQ(message->count, expected[i].second);
  }
}

TEST_F(SingerTest, AnswersAProbeAtOnceWithTheSameBlockAndNoVoice) {
  welcome_ = FakeServer::welcome("token-1", false, 0);
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  send_probe(kStart);
  ASSERT_TRUE(wait_for([&] { return binaries_.size() == 1; }));
  const auto answer = wire::parse_voice(binaries_[0]);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->song, 0U);
  EXPECT_EQ(answer->bucket, 2);
  EXPECT_EQ(answer->position, kStart);
  EXPECT_EQ(answer->count, 1);
  EXPECT_TRUE(answer->packets[0].empty());
  EXPECT_TRUE(notes_.blocks.empty());  // it is no part of what was heard
  EXPECT_EQ(singer_->counts().unknown_song, 0);
}

TEST_F(SingerTest, ListenersLeaveProbesUnanswered) {
  welcome_ = FakeServer::welcome("token-1", false, 0);
  join(true);
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  send_probe(kStart);
  server_->send_text("{");  // comes after it
  ASSERT_TRUE(wait_for([&] { return singer_->counts().bad_messages == 1; }));
  singer_->leave();
  ASSERT_TRUE(wait_for([&] { return notes_.gone && !server_->connected(); }));
  EXPECT_TRUE(binaries_.empty());
}

TEST_F(SingerTest, TellsTheEndOnceWhenItsLastBlockIsHeard) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  for (int b = 0; b < 4; ++b) send_mix(b);
  json song = welcome_["song"];
  song["end"] = kStart.samples + 5 * 960;
  server_->send_text(json({{"type", "song"}, {"song", song}}).dump());
  send_mix(4);
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 5; }));
  EXPECT_EQ(notes_.heard, 0);
  send_mix(5);
  ASSERT_TRUE(wait_for([&] { return notes_.heard == 1; }));
  song["state"] = "none";
  server_->send_text(json({{"type", "song"}, {"song", song}}).dump());
  ASSERT_TRUE(wait_for([&] { return notes_.messages.size() == 3; }));
  EXPECT_EQ(notes_.heard, 1);
  EXPECT_EQ(notes_.begun, 1);
  EXPECT_EQ(wire::parse_voice(binaries_.back())->position, kStart + Blocks{4});  // nothing is sung at the end
}

TEST_F(SingerTest, ComesBackWithItsTokenWhenTheConnectionIsLost) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  for (int b = 0; b < 3; ++b) send_mix(b);
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 3; }));
  server_->cut();
  ASSERT_TRUE(wait_for([&] { return notes_.lost == 1; }));
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  EXPECT_EQ(server_->connections, 2);
  EXPECT_EQ(texts_.back()["token"], "token-1");
  EXPECT_EQ(singer_->counts().reconnects, 1);
  send_mix(30);
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 4 && binaries_.size() == 4; }));
  EXPECT_EQ(wire::parse_voice(binaries_.back())->position, kStart + Blocks{30});
  EXPECT_EQ(notes_.begun, 1);
  server_->close(1001);  // the server restarts
  ASSERT_TRUE(wait_for([&] { return notes_.lost == 2; }));
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
}

TEST_F(SingerTest, ComesBackIntoItsPlaceAfterTooManyErrorsButNotTheThirdTime) {
  join();
  for (int time = 1; time <= 2; ++time) {
    ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
    server_->close(4008);
    ASSERT_TRUE(wait_for([&] { return notes_.lost == time; }));
  }
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  EXPECT_EQ(texts_.back()["token"], "token-1");
  server_->close(4008);
  ASSERT_TRUE(wait_for([&] { return notes_.refusal.has_value(); }));
}

TEST_F(SingerTest, StaysAwayWhenItIsNotWanted) {
  server_->on_text = [this](const json&) {
    server_->send_text(R"({"type":"error","code":"room_full","message":"The room is full.","about":"hello"})");
    server_->close(4003);
  };
  join();
  ASSERT_TRUE(wait_for([&] { return notes_.refusal.has_value(); }));
  EXPECT_EQ(*notes_.refusal, "The room is full.");
}

TEST_F(SingerTest, TriesAsAStrangerWhenItsTokenIsForgotten) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  server_->on_text = [this](const json& message) {
    texts_.push_back(message);
    if (message.contains("token")) {
      server_->send_text(R"({"type":"error","code":"bad_token","message":"The token is not known here.","about":"hello"})");
      server_->close(4003);
    } else {
      server_->send_text(FakeServer::welcome("token-2", false, 0).dump());
    }
  };
  server_->cut();
  ASSERT_TRUE(wait_for([&] { return singer_->joined() && singer_->view().token == "token-2"; }));
  EXPECT_FALSE(notes_.refusal);
}

TEST_F(SingerTest, GivesUpWhenNoServerAnswers) {
  const int port = closed_port();
  SingerSettings settings;
  settings.connection.url = {"127.0.0.1", port, "/ws", false};
  settings.first_connection_ms = 500;
  singer_.emplace(loop_, settings, voice_, notes_);
  singer_->join();
  ASSERT_TRUE(wait_for([&] { return notes_.refusal.has_value(); }));
  EXPECT_NE(notes_.refusal->find("no connection"), std::string::npos);
}

TEST_F(SingerTest, LeavesCleanlyAfterWhatItSaid) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  singer_->send({{"type", "stop"}});
  singer_->leave();
  ASSERT_TRUE(wait_for([&] { return notes_.gone && !server_->connected(); }));
  ASSERT_GE(texts_.size(), 2u);
  EXPECT_EQ(texts_[texts_.size() - 2]["type"], "stop");
  EXPECT_EQ(texts_.back()["type"], "leave");
}

TEST_F(SingerTest, NoMessageThatItCannotReadEndsIt) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  int sent = 0;
  for (const char* type : {"welcome", "person", "people", "gone", "listeners", "leader", "song", "settings", "tracks", "error"}) {
    for (const char* rest : {"", R"(,"leader":7,"id":[],"song":3,"people":{},"you":null)"}) {
      if (std::string(type) == "leader" && *rest == '\0') continue;  // nobody leads
      server_->send_text(std::string(R"({"type":")") + type + "\"" + rest + "}");
      ++sent;
    }
  }
  ASSERT_TRUE(wait_for([&] { return singer_->counts().bad_messages == sent; }));
  EXPECT_TRUE(singer_->joined());
  EXPECT_EQ(singer_->view().me, "7") << "what was known is still known";
  EXPECT_FALSE(notes_.refusal);
  send_mix(0);
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 1; }));
}

TEST_F(SingerTest, CountsMessagesThatItCannotUnderstand) {
  join();
  ASSERT_TRUE(wait_for([&] { return singer_->joined(); }));
  server_->send_text("{");
  server_->send_text(R"({"type":"person","person":3})");
  server_->send_binary(std::vector<uint8_t>{2, 0, 0});
  ASSERT_TRUE(wait_for([&] { return singer_->counts().bad_messages == 3; }));
  send_mix(0);
  ASSERT_TRUE(wait_for([&] { return notes_.blocks.size() == 1; }));
}

}  // namespace
}  // namespace roundelay::singer_test
