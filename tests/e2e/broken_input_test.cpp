// What comes in broken costs only its sender: a clear error to her, nothing to the others, and the shard lives.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "codec/opus.h"
#include "server/wire/sound/mix_message.h"
#include "server/wire/sound/voice_message.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::broken_input_test {
namespace {

const nlohmann::json kQuick{{"default_interval_ms", 200}, {"lead_in_ms", 300}};

std::vector<uint8_t> voice(const wire::VoiceMessage& message) {
  std::vector<uint8_t> bytes(wire::kMaxVoiceMessageBytes);
  bytes.resize(wire::build_voice(message, bytes));
  return bytes;
}

// Two people in a room with a running song: one who breaks things in bucket 1, one who listens in bucket 2.
class BrokenInput : public ::testing::Test {
 protected:
  void SetUp() override {
    room = server.make_room().at("room");
    welcome = attacker.enter(room, "Mallory");
    ASSERT_EQ(welcome.value("type", ""), "welcome") << welcome;
    ASSERT_EQ(listener.enter(room, "Lena", {{"role", "listener"}, {"bucket", 2}}).value("type", ""), "welcome");
    attacker.send_json({{"type", "lead"}});
    attacker.send_json({{"type", "start"}});
    const auto song = attacker.receive_type("song");
    ASSERT_TRUE(song);
    number = song->at("song").at("number");
    heard_position = next_heard();
    ASSERT_GT(heard_position.samples, 0);
  }

  // The position of the next mix message that the attacker hears inside the song.
  Position next_heard() {
    while (const auto message = attacker.receive()) {
      if (message->opcode != 2) continue;
      const auto mix = wire::parse_mix(message->bytes);
      if (mix && mix->position.samples > 0) return mix->position;
    }
    return {};
  }

  wire::VoiceMessage message_at(Position position, std::span<const uint8_t> packet = {}) {
    wire::VoiceMessage message;
    message.bucket = 1;
    message.count = 1;
    message.song = number;
    message.position = position;
    message.packets[0] = packet;
    return message;
  }

  void expect_error(const std::string& code) {
    const auto error = attacker.receive_type("error", 3s);
    ASSERT_TRUE(error) << "no error came; " << code << " was expected";
    EXPECT_EQ(error->at("code"), code) << *error;
    EXPECT_GT(error->at("message").get<std::string>().size(), 15U);
  }

  // Something of hers was dropped for this reason, and that is no error: her next `loop` tells the count.
  void expect_dropped(const std::string& why) {
    while (const auto loop = attacker.receive_type("loop", 5s)) {
      if (loop->contains("dropped") && loop->at("dropped").at(why) > 0) return;
    }
    FAIL() << "nothing was said to be dropped for " << why;
  }

  // Nobody else hears a thing, and the server is whole: same processes, and a listener who gets every block.
  void expect_nobody_noticed() {
    BlockDecoder decoder;
    Position last;
    for (int i = 0; i < 40;) {
      const auto message = listener.receive();
      ASSERT_TRUE(message);
      if (message->opcode != 2) continue;
      const auto mix = wire::parse_mix(message->bytes);
      ASSERT_TRUE(mix);
      for (int b = 0; b < mix->count; ++b, ++i) {
        const Position at = mix->position + Blocks{b};
        if (last.samples != 0) {
          EXPECT_EQ(at.samples, last.samples + 960);
        }
        last = at;
        EXPECT_EQ(mix->blocks[b].people, 0);
        std::vector<float> pcm(960);
        if (!mix->blocks[b].mix.empty()) {
          EXPECT_TRUE(decoder.decode(mix->blocks[b].mix, pcm));
        }
        for (const float sample : pcm) ASSERT_LT(std::abs(sample), 1e-4F);
      }
    }
    const auto status = server.status();
    for (const auto& shard : status.at("shards")) EXPECT_EQ(shard.at("starts"), 1);
  }

  Server server{1, kQuick};
  RawClient attacker{server.port()};
  RawClient listener{server.port()};
  std::string room;
  nlohmann::json welcome;
  uint32_t number = 0;
  Position heard_position;
};

TEST_F(BrokenInput, MalformedMessages) {
  for (const std::vector<uint8_t>& bytes :
       {std::vector<uint8_t>{}, {1}, {99, 0, 1, 1}, std::vector<uint8_t>(16, 0xFF), std::vector<uint8_t>(6000, 1)}) {
    attacker.send_binary(bytes);
  }
  expect_error("bad_message");
  auto truncated = voice(message_at(heard_position, std::vector<uint8_t>(100, 7)));
  truncated.resize(60);
  attacker.send_binary(truncated);
  expect_error("bad_message");
  expect_nobody_noticed();
}

TEST_F(BrokenInput, OversizedMessagesCloseTheConnection) {
  attacker.send_binary(std::vector<uint8_t>(50'000, 1));
  EXPECT_EQ(attacker.receive_close(), 1009);
  RawClient other(server.port());
  other.send_text("{\"type\":\"" + std::string(20'000, 'x') + "\"}");
  EXPECT_EQ(other.receive_close(), 1009);
  expect_nobody_noticed();
}

TEST_F(BrokenInput, PositionsOutOfOrder) {
  const std::vector<uint8_t> none;
  attacker.send_binary(voice(message_at(heard_position)));
  attacker.send_binary(voice(message_at(heard_position)));
  expect_dropped("order");
  expect_nobody_noticed();
}

TEST_F(BrokenInput, PositionsFarInTheFuture) {
  attacker.send_binary(voice(message_at(heard_position)));
  attacker.send_binary(voice(message_at(heard_position + Blocks{100'000})));
  attacker.send_binary(voice(message_at(Position{((int64_t{1} << 53) / 960 - 1) * 960})));
  expect_dropped("future");
  expect_nobody_noticed();
}

TEST_F(BrokenInput, PositionsFarInThePast) {
  attacker.send_binary(voice(message_at(heard_position - Blocks{100'000})));
  attacker.send_binary(voice(message_at({960})));
  expect_dropped("past");
  expect_nobody_noticed();
}

TEST_F(BrokenInput, PacketsThatAreNoOpusBlocks) {
  const std::vector<uint8_t> garbage(200, 0xFF);
  attacker.send_binary(voice(message_at(heard_position, garbage)));
  expect_error("bad_packet");
  expect_nobody_noticed();
}

TEST_F(BrokenInput, PacketsThatDecodeToWildSamplesNeverReachAnybodyAsSuch) {
  // Random bytes behind a valid table of contents decode to anything; whatever it is, it stays finite and limited.
  std::mt19937 random(1);
  for (int i = 0; i < 50; ++i) {
    std::vector<uint8_t> packet(300);
    for (auto& byte : packet) byte = static_cast<uint8_t>(random());
    packet[0] = static_cast<uint8_t>(31 << 3);  // CELT, full band, 20 ms, mono, one frame
    attacker.send_binary(voice(message_at(heard_position, packet)));
    heard_position = next_heard();
  }
  BlockDecoder decoder;
  for (int i = 0; i < 50;) {
    const auto message = listener.receive();
    ASSERT_TRUE(message);
    const auto mix = wire::parse_mix(message->bytes);
    if (message->opcode != 2 || !mix) continue;
    for (int b = 0; b < mix->count; ++b, ++i) {
      std::vector<float> pcm(960);
      if (!mix->blocks[b].mix.empty()) {
        EXPECT_TRUE(decoder.decode(mix->blocks[b].mix, pcm));
      }
      for (const float sample : pcm) ASSERT_TRUE(std::isfinite(sample) && std::abs(sample) < 2);
    }
  }
  EXPECT_EQ(server.status().at("shards").at(0).at("starts"), 1);
}

TEST_F(BrokenInput, MessagesInPiecesAreWhole) {
  attacker.send_in_pieces(voice(message_at(heard_position, std::vector<uint8_t>(300, 0xFF))), 7);
  expect_error("bad_packet");
}

TEST_F(BrokenInput, TooManyErrorsCloseTheConnection) {
  for (int i = 0; i < 150; ++i) attacker.send_binary({9, 9, 9});
  EXPECT_EQ(attacker.receive_close(), 4008);
  expect_nobody_noticed();
}

TEST_F(BrokenInput, ABacklogOfAMinuteIsNoErrorAFloodIs) {
  const auto old = [&] {
    auto message = message_at({960});
    message.count = wire::kMaxBlocksPerMessage;
    return voice(message);
  };
  for (int i = 0; i < 3'000 / wire::kMaxBlocksPerMessage; ++i) attacker.send_binary(old());
  expect_dropped("past");
  for (int i = 0; i < 3'000 / wire::kMaxBlocksPerMessage; ++i) attacker.send_binary(old());
  EXPECT_EQ(attacker.receive_close(), 4008);
  expect_nobody_noticed();
}

TEST_F(BrokenInput, VoiceOfAListenerAndBeforeHelloIsDroppedCountedAndSaidOnce) {
  const uint64_t before = server.total("blocks_dropped");
  RawClient stranger(server.port());
  for (RawClient* client : {&stranger, &listener}) {
    for (int i = 0; i < 200; ++i) client->send_binary(voice(message_at(heard_position)));
    const auto error = client->receive_type("error", 3s);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->at("code"), "not_singing");
    client->send_json({{"type", "ping"}, {"id", 1}});
    for (;;) {
      const auto message = client->receive();
      ASSERT_TRUE(message);
      if (message->opcode != 1) continue;
      ASSERT_NE(message->json().at("type"), "error") << "said once";
      if (message->json().at("type") == "pong") break;
    }
  }
  EXPECT_EQ(server.total("blocks_dropped") - before, 400U);
}

TEST(BrokenControl, ClearErrorsForWrongHellos) {
  const Server server(1);
  const std::string room = server.make_room().at("room");
  const auto refused = [&](const nlohmann::json& change) {
    RawClient client(server.port());
    return client.enter(room, "Ann", change).value("code", "none");
  };
  EXPECT_EQ(refused({{"version", 2}}), "bad_version");
  EXPECT_EQ(refused({{"room", "nosuchroom"}}), "no_room");
  EXPECT_EQ(refused({{"name", ""}}), "bad_name");
  EXPECT_EQ(refused({{"name", std::string(41, 'x')}}), "bad_name");
  EXPECT_EQ(refused({{"token", "forged"}}), "bad_token");
  EXPECT_EQ(refused({{"role", 5}}), "bad_message");
}

TEST(BrokenControl, MessagesThatAreNoneAndUnknownTypes) {
  const Server server(1);
  const std::string room = server.make_room().at("room");
  RawClient client(server.port());
  const auto code_after = [&](const std::string& text) {
    client.send_text(text);
    const auto error = client.receive_type("error");
    return error ? error->at("code").get<std::string>() : "none";
  };
  EXPECT_EQ(code_after("not json"), "bad_message");
  EXPECT_EQ(code_after("{\"type\":\"start\"}"), "bad_message") << "hello comes first";
  client.enter(room, "Ann");
  EXPECT_EQ(code_after("{\"type\":\"dance\"}"), "unknown_type");
  client.send_json({{"type", "ping"}, {"id", 7}, {"unknown", "field"}});
  EXPECT_EQ(client.receive_type("pong")->at("id"), 7);
}

TEST(BrokenControl, OtherOriginsAndProtocolsAreRefusedAtTheHandshake) {
  const Server server(1);
  const std::string own = "http://localhost:" + std::to_string(server.port());
  EXPECT_EQ(RawClient(server.port(), own).handshake_status(), 101);
  EXPECT_EQ(RawClient(server.port(), "https://elsewhere.example").handshake_status(), 403);
  EXPECT_NE(RawClient(server.port(), own, "chat").handshake_status(), 101);
  EXPECT_NE(RawClient(server.port(), own, "").handshake_status(), 101);
}

}  // namespace
}  // namespace roundelay::e2e::broken_input_test
