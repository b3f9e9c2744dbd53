// A recording's log: the golden vectors of tests/golden/record.json, torn tails, spoilt bytes.
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "server/base/text.h"
#include "server/wire/record/record_reader.h"
#include "server/wire/record/record_writer.h"

namespace roundelay::wire::record_test {
namespace {

using nlohmann::json;
using Bytes = std::vector<uint8_t>;

Bytes bytes_of(const json& digits) {
  const auto text = digits.get<std::string>();
  Bytes bytes(text.size() / 2);
  EXPECT_TRUE(bytes.empty() || from_hex(text, bytes));
  return bytes;
}

template <typename Value>
Bytes written(const Value& value) {
  Bytes out(kMaxRecordBytes);
  out.resize(write_record(value, out));
  return out;
}

Position position_of(const json& vector, const char* field = "position") {
  return {vector.at(field).get<int64_t>()};
}

// Written from the vector's fields.
Bytes write_vector(const json& vector) {
  const auto kind = vector.at("kind").get<std::string>();
  const auto number = vector.value("number", uint32_t{0});
  const Bytes opus = bytes_of(vector.value("opus", json("")));
  if (kind == "packet")
    return written(
        PacketRecord{number, position_of(vector), vector.at("gain").get<float>(), vector.at("leader").get<bool>(), opus});
  if (kind == "mix") return written(MixRecord{position_of(vector), opus});
  if (kind == "backing") {
    const bool metronome = vector.at("metronome").get<bool>();
    return written(BackingRecord{position_of(vector), metronome ? BackingKind::kMetronome : BackingKind::kTrack, opus});
  }
  if (kind == "dropped") return written(DroppedRecord{number, position_of(vector), vector.at("blocks").get<uint32_t>()});
  if (kind == "end") return written(EndRecord{position_of(vector)});
  if (kind == "person") {
    const auto name = vector.at("said").get<std::string>();
    const auto part = vector.at("part").get<std::string>();
    return written(PersonRecord{number, vector.at("person").get<uint64_t>(), vector.at("left_out").get<bool>(), name, part});
  }
  EXPECT_EQ(kind, "song");
  const auto room = vector.at("room").get<std::string>();
  SongRecord song;
  song.song = vector.at("song").get<uint32_t>();
  song.start = position_of(vector, "start");
  song.music = position_of(vector, "music");
  song.unix_ms = vector.at("unix_ms").get<int64_t>();
  song.automatic_gain = vector.at("automatic_gain").get<bool>();
  song.volume = vector.at("volume").get<float>();
  song.leader_boost = vector.at("leader_boost").get<float>();
  song.backing_lufs = vector.at("backing_lufs").get<float>();
  song.bpm_tenths = vector.at("bpm_tenths").get<uint32_t>();
  song.round_beats = vector.at("round_beats").get<uint32_t>();
  song.round_repeats = vector.at("round_repeats").get<uint32_t>();
  song.round_leader_only = vector.at("round_leader_only").get<bool>();
  song.room = room;
  return written(song);
}

// What was read, written again: the fields hold what the bytes said.
Bytes write_again(const Record& record) {
  return std::visit(
      [](const auto& value) -> Bytes {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, UnknownRecord>) {
          return {};
        } else {
          return written(value);
        }
      },
      record);
}

TEST(Record, GoldenVectorsAreReadAndWrittenToTheByte) {
  std::ifstream in(GOLDEN_DIR "/record.json");
  const json all = json::parse(in);
  int valid = 0;
  int refused = 0;
  for (const auto& vector : all) {
    SCOPED_TRACE(vector.at("name").get<std::string>());
    const Bytes bytes = bytes_of(vector.at("hex"));
    const auto read = read_record(bytes);
    if (vector.contains("error")) {
      ++refused;
      ASSERT_FALSE(read);
      EXPECT_EQ(read.error(), vector.at("error") == "torn" ? RecordError::kTorn : RecordError::kSpoilt);
      continue;
    }
    ++valid;
    ASSERT_TRUE(read);
    EXPECT_EQ(read->bytes, bytes.size());
    if (vector.at("kind") == "unknown") {
      EXPECT_TRUE(std::holds_alternative<UnknownRecord>(read->record));
      continue;
    }
    EXPECT_EQ(write_vector(vector), bytes);
    EXPECT_EQ(write_again(read->record), bytes);
  }
  EXPECT_GE(valid, 13);
  EXPECT_GE(refused, 20);
}

Bytes log_of_ten() {
  Bytes log(kRecordMagic.begin(), kRecordMagic.end());
  for (int i = 0; i < 10; ++i) {
    const Bytes opus(static_cast<size_t>(20 + i), static_cast<uint8_t>(i));
    const Bytes entry = written(PacketRecord{1, Position{960 * (i + 1)}, 1, false, opus});
    log.insert(log.end(), entry.begin(), entry.end());
  }
  return log;
}

// How many entries are read before the reading ends.
int entries_of(std::span<const uint8_t> log) {
  if (!is_record_magic(log)) return 0;
  log = log.subspan(kRecordMagic.size());
  int count = 0;
  while (const auto read = read_record(log)) {
    EXPECT_EQ(std::get<PacketRecord>(read->record).position.samples, 960 * (count + 1));
    ++count;
    log = log.subspan(read->bytes);
  }
  return count;
}

TEST(Record, ATornTailCostsItsOwnEntryAlone) {
  const Bytes log = log_of_ten();
  EXPECT_EQ(entries_of(log), 10);
  int before = 0;
  for (size_t length = 0; length < log.size(); ++length) {
    const Bytes torn(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(length));
    const int entries = entries_of(torn);
    EXPECT_GE(entries, before);
    EXPECT_LE(entries, before + 1);
    before = entries;
  }
  EXPECT_EQ(before, 9);
}

TEST(Record, ASpoiltByteCostsWhatFollowsIt) {
  const Bytes log = log_of_ten();
  size_t entry_begins = kRecordMagic.size();
  for (int entry = 0; entry < 10; ++entry) {
    const size_t bytes = read_record(std::span(log).subspan(entry_begins))->bytes;
    for (size_t at = entry_begins; at < entry_begins + bytes; ++at) {
      for (const int change : {1, 128}) {
        Bytes spoilt = log;
        spoilt[at] = static_cast<uint8_t>(spoilt[at] ^ change);
        EXPECT_EQ(entries_of(spoilt), entry) << at;
      }
    }
    entry_begins += bytes;
  }
}

TEST(Record, WhatDoesNotFitOrCannotBeIsNotWritten) {
  Bytes out(kMaxRecordBytes);
  const Bytes opus(100, 7);
  const PacketRecord good{1, Position{960}, 1, false, opus};
  const size_t length = write_record(good, out);
  ASSERT_GT(length, opus.size());
  EXPECT_EQ(write_record(good, std::span(out).first(length)), length);
  for (size_t room = 0; room < length; ++room) {
    Bytes small(room);
    EXPECT_EQ(write_record(good, small), 0U);
  }
  EXPECT_EQ(write_record(PacketRecord{1, Position{961}, 1, false, opus}, out), 0U);
  EXPECT_EQ(write_record(PacketRecord{1, Position{0}, 1, false, opus}, out), 0U);
  EXPECT_EQ(write_record(PacketRecord{1, Position{960}, 1, false, {}}, out), 0U);
  const Bytes too_long(1276, 7);
  EXPECT_EQ(write_record(MixRecord{Position{960}, too_long}, out), 0U);
  EXPECT_EQ(write_record_magic(std::span(out).first(7)), 0U);
}

TEST(Record, TextsAreCutBetweenCharactersAndGainsToWhatMayBe) {
  Bytes out(kMaxRecordBytes);
  std::string name;
  while (name.size() < 2 * kMaxRecordTextBytes) name += "x\u00e9\u20ac";  // 6 bytes: 1,000 falls into a character
  ASSERT_GT(write_record(PersonRecord{1, 5, false, name, name}, out), 2 * kMaxRecordTextBytes - 10);
  const auto person = read_record(out);
  ASSERT_TRUE(person);
  const auto said = std::get<PersonRecord>(person->record).name;
  EXPECT_GT(said.size(), kMaxRecordTextBytes - 4);
  EXPECT_TRUE(is_utf8(said));
  EXPECT_EQ(said, name.substr(0, said.size()));

  const Bytes opus(10, 7);
  const auto gain_of = [&](float gain) {
    EXPECT_GT(write_record(PacketRecord{1, Position{960}, gain, false, opus}, out), 0U);
    return std::get<PacketRecord>(read_record(out)->record).gain;
  };
  EXPECT_EQ(gain_of(0.5F), 0.5F);
  EXPECT_EQ(gain_of(-1), 0);
  EXPECT_EQ(gain_of(std::numeric_limits<float>::quiet_NaN()), 0);
  EXPECT_EQ(gain_of(std::numeric_limits<float>::infinity()), 1'000);
}

}  // namespace
}  // namespace roundelay::wire::record_test
