#include "server/wire/record/record_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mixer/room_state.h"
#include "server/wire/record/record_layout.h"
#include "server/wire/sound/bytes.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay::wire {
namespace {

constexpr uint32_t kMaxLength = kMaxRecordBytes - kRecordFrameBytes;

// Takes a body apart from its front; whatever is missing or cannot be makes `good` false.
class BodyReader {
 public:
  explicit BodyReader(std::span<const uint8_t> bytes) : rest_(bytes) {}

  template <typename T>
  T take() {
    if (!has(sizeof(T))) return T{};
    const T value = load<T>(rest_.data());
    rest_ = rest_.subspan(sizeof(T));
    return value;
  }
  Position take_position() {
    const Position position{take<int64_t>()};
    check(is_record_position(position));
    return position;
  }
  float take_gain() {
    const auto gain = take<float>();
    check(gain >= 0 && gain <= kMostRecordGain);  // false for NaN
    return gain;
  }
  // No other than `known`.
  uint8_t take_flags(uint8_t known) {
    const auto flags = take<uint8_t>();
    check((flags & ~known) == 0);
    return flags;
  }
  std::string_view take_text() {
    const size_t length = take<uint16_t>();
    if (!has(length)) return {};
    const std::string_view text(reinterpret_cast<const char*>(rest_.data()), length);
    check(length <= kMaxRecordTextBytes);
    rest_ = rest_.subspan(length);
    return text;
  }
  std::span<const uint8_t> take_packet() {
    check(!rest_.empty() && rest_.size() <= kMaxVoicePacketBytes);
    return std::exchange(rest_, {});
  }
  void check(bool good) { good_ = good_ && good; }
  // Nothing was missing or wrong, and nothing is left.
  [[nodiscard]] bool ended_well() const { return good_ && rest_.empty(); }

 private:
  [[nodiscard]] bool has(size_t bytes) {
    check(rest_.size() >= bytes);
    return good_;
  }
  std::span<const uint8_t> rest_;
  bool good_ = true;
};

SongRecord read_song(BodyReader& body) {
  SongRecord song;
  song.song = body.take<uint32_t>();
  song.start = body.take_position();
  song.music = body.take_position();
  song.unix_ms = body.take<int64_t>();
  song.sample_rate = body.take<uint32_t>();
  const uint8_t flags = body.take_flags(kAutomaticGainFlag | kLeaderRoundFlag);
  song.automatic_gain = (flags & kAutomaticGainFlag) != 0;
  song.round_leader_only = (flags & kLeaderRoundFlag) != 0;
  song.volume = body.take_gain();
  song.leader_boost = body.take_gain();
  song.backing_lufs = body.take<float>();
  song.bpm_tenths = body.take<uint32_t>();
  song.round_beats = body.take<uint32_t>();
  song.round_repeats = body.take<uint32_t>();
  song.room = body.take_text();
  body.check(song.music >= song.start && song.sample_rate == kSampleRate && std::isfinite(song.backing_lufs));
  body.check(song.round_repeats == 0 || (song.bpm_tenths >= kLeastBpmTenths && song.bpm_tenths <= kMostBpmTenths));
  body.check(song.round_beats <= kMostRoundBeats && song.round_repeats <= kMostRoundRepeats);
  return song;
}

PersonRecord read_person(BodyReader& body) {
  PersonRecord person;
  person.number = body.take<uint32_t>();
  person.person = body.take<uint64_t>();
  person.left_out = body.take_flags(kLeftOutFlag) != 0;
  person.name = body.take_text();
  person.part = body.take_text();
  body.check(person.number > 0);
  return person;
}

PacketRecord read_packet(BodyReader& body) {
  PacketRecord packet;
  packet.number = body.take<uint32_t>();
  packet.position = body.take_position();
  packet.gain = body.take_gain();
  packet.leader = body.take_flags(kLeaderFlag) != 0;
  packet.opus = body.take_packet();
  body.check(packet.number > 0);
  return packet;
}

BackingRecord read_backing(BodyReader& body) {
  BackingRecord backing;
  backing.position = body.take_position();
  const auto kind = body.take<uint8_t>();
  body.check(kind <= static_cast<uint8_t>(BackingKind::kMetronome));
  backing.kind = kind == 0 ? BackingKind::kTrack : BackingKind::kMetronome;
  backing.opus = body.take_packet();
  return backing;
}

Record read_body(uint8_t kind, BodyReader& body) {
  switch (static_cast<RecordKind>(kind)) {
    case RecordKind::kSong:
      return read_song(body);
    case RecordKind::kPerson:
      return read_person(body);
    case RecordKind::kPacket:
      return read_packet(body);
    case RecordKind::kMix: {
      const Position position = body.take_position();
      return MixRecord{position, body.take_packet()};
    }
    case RecordKind::kBacking:
      return read_backing(body);
    case RecordKind::kDropped: {
      const auto number = body.take<uint32_t>();
      const Position position = body.take_position();
      return DroppedRecord{number, position, body.take<uint32_t>()};
    }
    case RecordKind::kEnd:
      return EndRecord{body.take_position()};
  }
  return UnknownRecord{kind};
}

}  // namespace

bool is_record_magic(std::span<const uint8_t> bytes) {
  return bytes.size() >= kRecordMagic.size() && std::equal(kRecordMagic.begin(), kRecordMagic.end(), bytes.begin());
}

tl::expected<ReadRecord, RecordError> read_record(std::span<const uint8_t> bytes) {
  if (bytes.size() < sizeof(uint32_t)) return tl::unexpected(RecordError::kTorn);
  const auto length = load<uint32_t>(bytes.data());
  if (length == 0 || length > kMaxLength) return tl::unexpected(RecordError::kSpoilt);
  if (bytes.size() < length + kRecordFrameBytes) return tl::unexpected(RecordError::kTorn);
  const auto inside = bytes.subspan(sizeof(uint32_t), length);
  if (load<uint32_t>(&bytes[sizeof(uint32_t) + length]) != record_sum(inside)) return tl::unexpected(RecordError::kSpoilt);
  BodyReader body(inside.subspan(1));
  ReadRecord read{read_body(inside[0], body), length + kRecordFrameBytes};
  if (!std::holds_alternative<UnknownRecord>(read.record) && !body.ended_well()) return tl::unexpected(RecordError::kSpoilt);
  return read;
}

}  // namespace roundelay::wire
