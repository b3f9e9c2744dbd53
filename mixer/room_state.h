// What the conductor tells the shards about a room, through shared memory: settings and song.
// Written by the conductor only, read by all; a seqlock keeps a reader from seeing half of a change.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "mixer/position.h"

namespace roundelay {

inline constexpr int kMaxBuckets = 8;
inline constexpr size_t kMostParts = 12;               // voice parts of a room
inline constexpr int kSoloStream = kMaxBuckets;        // of a room's streams, the one behind those of its buckets
inline constexpr int kRecordStream = kSoloStream + 1;  // what is recorded: one more bucket behind the last one
inline constexpr int kLiveStream = kRecordStream + 1;  // the same with the backing track, for whoever has the live link
inline constexpr int kRoomStreams = kMaxBuckets + 3;
inline constexpr int kSoloBucket = kSoloStream + 1;  // the solo mix, where buckets are counted from 1
inline constexpr int kPrerollBlocks = 4;             // a song's streams begin this much before its start, so that decoders settle
inline constexpr uint32_t kLaneBlocks = 8192;        // of a lane, a power of two: 163.84 s; the longest ring, for rounds
inline constexpr uint32_t kLineBlocks = 4096;        // the longest ring of a line that sings no round
inline constexpr int kRingSlackBlocks = 250;         // of a ring, behind the last bucket: a voice may come 5 s late there
// How long late voices are waited for when the recorded mix has heard the end: the first mix is there 5 s after the song.
inline constexpr int kLateInRecordingBlocks = 75;
inline constexpr int64_t kNoEnd = INT64_MAX;
inline constexpr uint32_t kLeastBpmTenths = 200, kMostBpmTenths = 3'000, kMostBeatsPerBar = 12;
inline constexpr uint32_t kMostRoundBeats = 400, kMostRoundRepeats = 100;

using Digest = std::array<uint8_t, 32>;  // SHA-256

struct RoomState {
  uint32_t generation = 0;   // 0: the row is free; otherwise unique per use of the row
  uint32_t song_number = 0;  // counts songs of the room; 0: none yet
  int64_t song_start = 0;    // position, on the grid; meaningful if song_number > 0
  int64_t song_end = 0;      // position, on the grid, or kNoEnd; start == end: no song
  int32_t bucket_count = 6;  // 1 to kMaxBuckets
  int32_t interval_blocks = 50;
  int32_t first_offset_blocks = 0;
  uint32_t ring_blocks = 0;  // power of two; constant while a song lasts; 0: lanes and streams have no memory, do not touch them
  uint32_t automatic_gain = 1;     // 0 or 1
  float volume = 1.2F;             // factor on the mix
  float leader_boost = 1.995799F;  // factor on the leader beside the others
  uint32_t level_match = 0;        // 0 or 1
  uint32_t watched = 0;            // 1: somebody looks at the levels of the singers
  uint32_t has_solo = 0;           // 1: the solo lanes have memory, while ring_blocks is not 0
  int32_t solo_bucket = 0;         // the latest bucket of those who are soloed, from 1; 0: nobody is
  uint32_t recording = 0;          // 1: shards log what they take of this song
  uint32_t has_track = 0;
  uint32_t has_leader = 0;
  Digest track{};           // the blob of the backing track, if has_track
  uint64_t leader = 0;      // person, if has_leader
  char id[24] = {};         // the room's id in links, zero-terminated
  int64_t music = 0;        // position, on the grid, from start on: the first beat behind the count-in; the track begins there
  uint32_t bpm_tenths = 0;  // beats a minute, in tenths; 0: no tempo, then nothing of what follows is used
  uint32_t beats_per_bar = 0;
  uint32_t click = 0;              // 0 or 1: clicks behind the count-in
  uint32_t count_in_beats = 0;     // clicks before `music`
  uint32_t round_beats = 0;        // of a repeat; 0: no round
  uint32_t round_repeats = 0;      // how often a voice is heard again
  uint32_t round_leader_only = 0;  // 0 or 1: the leader's voice alone
  uint32_t round_parts = 0;        // of a round by parts, each entering round_beats behind the one before; 0: none
  uint32_t live = 0;               // the live link that is good now; 0: there is none
  float backing_gain = 0;          // factor on the track in what is heard there
  uint64_t part_lanes = 0;  // bit i: part i has its lane and its streams, with memory, and somebody wants to hear it louder

  // False of a state that no conductor publishes: whoever used it might leave the lanes, or its arithmetic. A free row is usable.
  [[nodiscard]] bool is_usable(uint32_t lane_blocks) const;

  // In a round by parts neighbours sing different ones; from 0.
  [[nodiscard]] int64_t part_of(int bucket_index) const { return round_parts == 0 ? 0 : bucket_index % int64_t{round_parts}; }

  [[nodiscard]] Blocks offset_of(int bucket_index) const {  // bucket_index from 0
    return {first_offset_blocks + int64_t{bucket_index} * interval_blocks};
  }
  // Of the solo mix, while somebody is soloed: one interval behind the latest of them, as far as the ring reaches.
  [[nodiscard]] Blocks solo_offset() const;
  // Of the mix that is recorded: one interval behind the last bucket, as far as the ring reaches.
  [[nodiscard]] Blocks record_offset() const;
};

// Zeroed memory is a valid free row. The body is kept as atomic words: tiny, and free of data races.
class RoomStateCell {
 public:
  static constexpr int kWords = (sizeof(RoomState) + 7) / 8;
  // Conductor only.
  void store(const RoomState& state);
  // Any process. `version` is even and changes with every store: compare version() first to skip unchanged cells.
  // False if a writer stood still in the middle (bounded tries): keep what you had. Shared memory may hold anything: ask
  // is_usable() before you use it.
  [[nodiscard]] bool load(RoomState& state, uint64_t* version = nullptr) const;
  [[nodiscard]] uint64_t version() const { return sequence_.load(std::memory_order_acquire); }

 private:
  std::atomic<uint64_t> sequence_;
  std::atomic<uint64_t> words_[kWords];
};

}  // namespace roundelay
