// The golden vectors that the TypeScript tests read too: tests/golden/wire.json.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "server/wire/sound/mix_message.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay::wire::golden_test {
namespace {

std::vector<uint8_t> from_hex(const std::string& hex) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) bytes.push_back(static_cast<uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

nlohmann::json vectors() {
  std::ifstream in(GOLDEN_DIR "/wire.json");
  return nlohmann::json::parse(in);
}

template <typename Message>
void expect_header(const nlohmann::json& vector, const Message& message) {
  EXPECT_EQ(message.bucket, vector.at("bucket").get<int>());
  EXPECT_EQ(message.song, vector.at("song").get<uint32_t>());
  EXPECT_EQ(message.position.samples, vector.at("position").get<int64_t>());
}

bool equal(std::span<const uint8_t> bytes, const nlohmann::json& hex) {
  const auto expected = from_hex(hex);
  return std::equal(bytes.begin(), bytes.end(), expected.begin(), expected.end());
}

void check_voice(const nlohmann::json& vector, const std::vector<uint8_t>& bytes) {
  const auto message = parse_voice(bytes);
  ASSERT_TRUE(message) << describe(message.error());
  expect_header(vector, *message);
  const auto& packets = vector.at("packets");
  ASSERT_EQ(message->count, packets.size());
  for (size_t i = 0; i < packets.size(); ++i) EXPECT_TRUE(equal(message->packets[i], packets[i])) << i;
  std::vector<uint8_t> built(kMaxVoiceMessageBytes);
  built.resize(build_voice(*message, built));
  EXPECT_EQ(built, bytes);
}

void check_mix(const nlohmann::json& vector, const std::vector<uint8_t>& bytes) {
  const auto message = parse_mix(bytes);
  ASSERT_TRUE(message) << describe(message.error());
  expect_header(vector, *message);
  const auto& blocks = vector.at("blocks");
  ASSERT_EQ(message->count, blocks.size());
  for (size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_EQ(message->blocks[i].people, blocks[i].at("people").get<int>());
    EXPECT_TRUE(equal(message->blocks[i].mix, blocks[i].at("mix"))) << i;
    EXPECT_TRUE(equal(message->blocks[i].backing, blocks[i].at("backing"))) << i;
    EXPECT_TRUE(equal(message->blocks[i].metronome, blocks[i].value("metronome", ""))) << i;
    EXPECT_TRUE(equal(message->blocks[i].part, blocks[i].value("part", ""))) << i;
  }
  if ((vector.value("flags", 0) & ~(kWithMetronome | kWithPart)) != 0) return;  // unknown flags are read over, never written
  std::vector<uint8_t> built(kMaxMixMessageBytes);
  built.resize(build_mix(*message, built));
  EXPECT_EQ(built, bytes);
}

TEST(GoldenVectors, AreReadAndWrittenToTheByte) {
  const auto all = vectors();
  ASSERT_GE(all.size(), 10U);
  int valid = 0;
  int invalid = 0;
  for (const auto& vector : all) {
    SCOPED_TRACE(vector.at("name").get<std::string>());
    const auto bytes = from_hex(vector.at("hex"));
    const bool voice = vector.at("kind") == "voice";
    if (vector.contains("error")) {
      EXPECT_FALSE(voice ? parse_voice(bytes).has_value() : parse_mix(bytes).has_value());
      ++invalid;
      continue;
    }
    ++valid;
    voice ? check_voice(vector, bytes) : check_mix(vector, bytes);
  }
  EXPECT_GE(valid, 4);
  EXPECT_GE(invalid, 4);
}

TEST(VoiceMessage, NamesWhatIsWrong) {
  VoiceMessage message;
  message.count = 1;
  message.position = {960};
  std::vector<uint8_t> bytes(kMaxVoiceMessageBytes);
  bytes.resize(build_voice(message, bytes));
  const auto error_with = [&](size_t at, uint8_t value) {
    auto changed = bytes;
    changed[at] = value;
    return parse_voice(changed).error();
  };
  EXPECT_EQ(error_with(0, 9), WireError::kBadType);
  EXPECT_EQ(error_with(1, 1), WireError::kBadFlags);
  EXPECT_EQ(error_with(2, 0), WireError::kBadBucket);
  EXPECT_EQ(error_with(2, 9), WireError::kBadBucket);
  EXPECT_EQ(error_with(3, 0), WireError::kBadCount);
  EXPECT_EQ(error_with(3, 6), WireError::kBadCount);
  EXPECT_EQ(error_with(8, 1), WireError::kBadPosition);
  EXPECT_EQ(error_with(15, 0x80), WireError::kBadPosition);
  EXPECT_EQ(error_with(17, 0xFF), WireError::kBadLength);
  EXPECT_EQ(error_with(16, 1), WireError::kTooShort);
  bytes.push_back(0);
  EXPECT_EQ(parse_voice(bytes).error(), WireError::kTrailing);
  EXPECT_EQ(parse_voice(std::span(bytes).first(15)).error(), WireError::kTooShort);
  EXPECT_EQ(parse_voice({}).error(), WireError::kTooShort);
}

}  // namespace
}  // namespace roundelay::wire::golden_test
