// What a recording's log holds (server/INTERNALS.md, "Recordings"): one file for each shard and song, appended while it is sung.
// Values alone; read by record_reader.h, written by record_writer.h.
//
// A file is kRecordMagic, then entries. An entry, little-endian:
//   u32 length    of kind and body
//   u8  kind      RecordKind
//       body
//   u32 CRC-32    over kind and body (zlib's)
// An entry that is torn or wrong ends the reading of its file; what stands before it is good.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "mixer/position.h"

namespace roundelay::wire {

inline constexpr std::array<uint8_t, 8> kRecordMagic = {'R', 'N', 'D', 'L', 'L', 'O', 'G', '1'};
inline constexpr size_t kRecordFrameBytes = 8;        // length and sum of an entry
inline constexpr size_t kMaxRecordTextBytes = 1'000;  // longer ones are cut between characters
inline constexpr size_t kMaxRecordBytes = 4'096;      // an entry, with its frame

enum class RecordKind : uint8_t { kSong = 1, kPerson, kPacket, kMix, kBacking, kDropped, kEnd };

// Once, first in the file.
struct SongRecord {
  uint32_t song = 0;    // its number in the room
  Position start;       // of the song
  Position music;       // the first beat; the track begins here. Not before `start`
  int64_t unix_ms = 0;  // when it started
  uint32_t sample_rate = kSampleRate;
  bool automatic_gain = true;        // how the room was mixed
  float volume = 1;                  // factor on the summed voices
  float leader_boost = 1;            // factor on the leader's voice
  float backing_lufs = kNoLoudness;  // of the track; kNoLoudness: not known, or no track
  // A round by repeats, as in RoomState; no repeats: none.
  uint32_t bpm_tenths = 0;
  uint32_t round_beats = 0;
  uint32_t round_repeats = 0;
  bool round_leader_only = false;
  std::string_view room;
  static constexpr float kNoLoudness = 0;
};

// Before the first packet of somebody; again when something of it changes: the last one counts.
struct PersonRecord {
  uint32_t number = 0;  // in this file
  uint64_t person = 0;
  bool left_out = false;  // she wants no track: all of her is left out
  std::string_view name;
  std::string_view part;  // empty: none
};

// A voice's block as it was taken.
struct PacketRecord {
  uint32_t number = 0;  // of the person in this file
  Position position;    // where the voice lies in the mix, the codec's delay taken off
  float gain = 1;       // factor with which it was mixed, without the leader's boost
  bool leader = false;  // it went into the leader's lane
  std::span<const uint8_t> opus;
};

// A block of the choir, mono, without the backing, as the last bucket + 1 hears it. Its sound is kMixDelaySamples late.
struct MixRecord {
  Position position;
  std::span<const uint8_t> opus;
};

enum class BackingKind : uint8_t { kTrack = 0, kMetronome = 1 };
struct BackingRecord {
  Position position;
  BackingKind kind = BackingKind::kTrack;
  std::span<const uint8_t> opus;
};

// Blocks that were taken and not kept, because the disk was too slow.
struct DroppedRecord {
  uint32_t number = 0;  // of the person; 0: of the mix or the backing
  Position position;    // of the first
  uint32_t blocks = 0;
};

// The song is over, and all that this shard had is in the file. Last.
struct EndRecord {
  Position position;  // of the song's end
};

// An entry of a kind that a later version may write: read over.
struct UnknownRecord {
  uint8_t kind = 0;
};

// The views are into the bytes that were read.
using Record =
    std::variant<SongRecord, PersonRecord, PacketRecord, MixRecord, BackingRecord, DroppedRecord, EndRecord, UnknownRecord>;

}  // namespace roundelay::wire
