#include "server/wire/record/record_writer.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "server/wire/record/record_layout.h"
#include "server/wire/sound/bytes.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay::wire {
namespace {

// At most kMaxRecordTextBytes, and no character cut in two.
std::string_view cut_text(std::string_view text) {
  if (text.size() <= kMaxRecordTextBytes) return text;
  size_t length = kMaxRecordTextBytes;
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  return text.substr(0, length);
}

// Fills an entry from its front; what does not fit makes the whole 0 bytes long.
class EntryWriter {
 public:
  EntryWriter(RecordKind kind, std::span<uint8_t> out) : out_(out), at_(sizeof(uint32_t)) { add(static_cast<uint8_t>(kind)); }

  template <typename T>
  void add(T value) {
    if (!has(sizeof value)) return;
    store(&out_[at_], value);
    at_ += sizeof value;
  }
  void add(std::span<const uint8_t> bytes) {
    if (!has(bytes.size())) return;
    if (!bytes.empty()) std::memcpy(&out_[at_], bytes.data(), bytes.size());
    at_ += bytes.size();
  }
  void add_text(std::string_view text) {
    const std::string_view kept = cut_text(text);
    add(static_cast<uint16_t>(kept.size()));
    add(std::span(reinterpret_cast<const uint8_t*>(kept.data()), kept.size()));
  }
  void add_position(Position position) {
    fits_ = fits_ && is_record_position(position);
    add(position.samples);
  }
  void add_gain(float gain) { add(gain >= 0 ? std::min(gain, kMostRecordGain) : 0.0F); }
  void add_packet(std::span<const uint8_t> opus) {
    fits_ = fits_ && !opus.empty() && opus.size() <= kMaxVoicePacketBytes;
    add(opus);
  }

  [[nodiscard]] size_t finish() {
    if (!has(sizeof(uint32_t))) return 0;
    const size_t length = at_ - sizeof(uint32_t);
    store(out_.data(), static_cast<uint32_t>(length));
    store(&out_[at_], record_sum(out_.subspan(sizeof(uint32_t), length)));
    return at_ + sizeof(uint32_t);
  }

 private:
  [[nodiscard]] bool has(size_t bytes) {
    fits_ = fits_ && at_ <= out_.size() && out_.size() - at_ >= bytes;
    return fits_;
  }

  std::span<uint8_t> out_;
  size_t at_;
  bool fits_ = true;
};

}  // namespace

uint32_t record_sum(std::span<const uint8_t> kind_and_body) {
  return static_cast<uint32_t>(crc32(0, kind_and_body.data(), static_cast<uInt>(kind_and_body.size())));
}

size_t write_record_magic(std::span<uint8_t> out) {
  if (out.size() < kRecordMagic.size()) return 0;
  std::copy(kRecordMagic.begin(), kRecordMagic.end(), out.begin());
  return kRecordMagic.size();
}

size_t write_record(const SongRecord& record, std::span<uint8_t> out) {
  EntryWriter entry(RecordKind::kSong, out);
  entry.add(record.song);
  entry.add_position(record.start);
  entry.add_position(record.music);
  entry.add(record.unix_ms);
  entry.add(record.sample_rate);
  entry.add(
      static_cast<uint8_t>((record.automatic_gain ? kAutomaticGainFlag : 0) | (record.round_leader_only ? kLeaderRoundFlag : 0)));
  entry.add_gain(record.volume);
  entry.add_gain(record.leader_boost);
  entry.add(record.backing_lufs);
  entry.add(record.bpm_tenths);
  entry.add(record.round_beats);
  entry.add(record.round_repeats);
  entry.add_text(record.room);
  return entry.finish();
}

size_t write_record(const PersonRecord& record, std::span<uint8_t> out) {
  EntryWriter entry(RecordKind::kPerson, out);
  entry.add(record.number);
  entry.add(record.person);
  entry.add(static_cast<uint8_t>(record.left_out ? kLeftOutFlag : 0));
  entry.add_text(record.name);
  entry.add_text(record.part);
  return entry.finish();
}

size_t write_record(const PacketRecord& record, std::span<uint8_t> out) {
  EntryWriter entry(RecordKind::kPacket, out);
  entry.add(record.number);
  entry.add_position(record.position);
  entry.add_gain(record.gain);
  entry.add(static_cast<uint8_t>(record.leader ? kLeaderFlag : 0));
  entry.add_packet(record.opus);
  return entry.finish();
}

size_t write_record(const MixRecord& record, std::span<uint8_t> out) {
  EntryWriter entry(RecordKind::kMix, out);
  entry.add_position(record.position);
  entry.add_packet(record.opus);
  return entry.finish();
}

size_t write_record(const BackingRecord& record, std::span<uint8_t> out) {
  EntryWriter entry(RecordKind::kBacking, out);
  entry.add_position(record.position);
  entry.add(static_cast<uint8_t>(record.kind));
  entry.add_packet(record.opus);
  return entry.finish();
}

size_t write_record(const DroppedRecord& record, std::span<uint8_t> out) {
  EntryWriter entry(RecordKind::kDropped, out);
  entry.add(record.number);
  entry.add_position(record.position);
  entry.add(record.blocks);
  return entry.finish();
}

size_t write_record(const EndRecord& record, std::span<uint8_t> out) {
  EntryWriter entry(RecordKind::kEnd, out);
  entry.add_position(record.position);
  return entry.finish();
}

}  // namespace roundelay::wire
