// The shared memory of one server: header, shards, rooms, packet streams, lanes.
//
// One POSIX shared-memory object. Layout:
//   SegmentHeader | ShardRow[max_shards] | RoomRow[max_rooms] |
//   {StreamSlots[kRoomStreams] | {PartHead, StreamSlots[kMaxBuckets]}[kMostParts]}[max_rooms] |
//   LaneBlock[max_rooms][kLaneKinds][max_shards][lane_blocks]
// The lane of (room row, kind, shard) is found by arithmetic; a room's lanes use its ring_blocks <= lane_blocks.
// The first line is reserved when the segment is made. The second is sparse: what a room needs there is reserved before its song
// starts and given back afterwards. A page that is not there would be made by its first reader or writer, and end it by SIGBUS
// when there is none left: so nobody touches streams or lanes while the room's state says ring_blocks = 0. The version is stored
// last at creation, so a half-made segment is never taken for a whole one (Aeron's habit).
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "mixer/file_descriptor.h"
#include "mixer/lane.h"
#include "mixer/packet_stream.h"
#include "mixer/room_state.h"
#include "mixer/time_histogram.h"
#include "mixer/timeline.h"

namespace roundelay {

inline constexpr uint64_t kSegmentMagic = 0x79616c65646e7552;  // "Rundelay", little-endian
inline constexpr uint32_t kSegmentVersion = 12;
inline constexpr int kMaxShards = 64;

// What the conductor tells of itself; written by it, `pid` also by the supervisor when it has ended.
struct ConductorRow {
  alignas(64) std::atomic<int64_t> pid;  // 0: not running
  std::atomic<int64_t> heartbeat_ns;     // monotonic time of its loop's last turn
  std::atomic<uint64_t> starts;          // how often a conductor started
  std::atomic<uint32_t> store_failing;   // 1: the database takes no changes at the moment
  std::atomic<uint64_t> store_failures;  // how often it refused some
  std::atomic<uint64_t> unstored;        // changes that wait for it
  std::atomic<uint64_t> songs_refused;   // no shared memory was left for them
  std::atomic<int64_t>
      drain_until_ns;             // monotonic; no song begins any more, and then the server ends. 0: it goes on; the supervisor's
  std::atomic<uint32_t> drained;  // 1: no song holds the end up
};

struct SegmentHeader {
  uint64_t magic;
  std::atomic<uint32_t> version;  // stored last; 0 while being made
  uint32_t max_shards;
  uint32_t max_rooms;
  uint32_t lane_blocks;
  uint64_t total_bytes;
  int64_t owner_pid;  // the supervisor
  int64_t anchor_ns;
  int64_t anchor_position;
  ConductorRow conductor;
};

// A counter of one shard, on a cache line of its own; only one process writes, relaxed: the shard, if nothing else is said.
struct alignas(64) Counter {
  std::atomic<uint64_t> value;
  void add(uint64_t n = 1) { value.store(value.load(std::memory_order_relaxed) + n, std::memory_order_relaxed); }
  [[nodiscard]] uint64_t get() const { return value.load(std::memory_order_relaxed); }
};

struct ShardRow {
  alignas(64) std::atomic<int64_t> pid;  // 0: not running; the supervisor says so when it was killed
  std::atomic<int64_t> heartbeat_ns;     // monotonic time of its last tick
  std::atomic<uint64_t> starts;          // how often a shard started on this row
  std::atomic<uint32_t> linked;          // 1: its link to the conductor stands
  Counter ticks, late_ticks, voices_decoded, voices_skipped, blocks_added, blocks_late, blocks_dropped, blocks_refused,
      blocks_mixed, encodes, streams_taken, torn_reads, messages_in, messages_out, blocks_out, probes, audio_dropped, connections,
      sessions, bytes_in, bytes_out, measures_dropped, record_bytes, record_dropped,
      part_encodes,         // of the encodes, those of parts that somebody hears louder
      live_encodes,         // of the encodes, those for live links
      live_players,         // that hear a room by its live link now
      live_cut;             // of those, who were too slow
  Counter singers_refused;  // for its sake; written by the conductor
  // How busy the shard is, as it was in its last full second (see server/shard/headroom.h).
  alignas(64) std::atomic<uint32_t> load_permille;  // CPU time it used, of one core
  std::atomic<uint32_t> strain;                     // 0: none; 1 to 3: what it sheds
  std::atomic<uint32_t> complexity;                 // of its encoders, 0 to 10
  std::atomic<uint32_t> singers;                    // sessions here that may sing
  std::atomic<uint32_t> capacity;                   // singers it could serve
  std::atomic<uint32_t> record_failing;             // 1: the disk takes no recording at the moment
  alignas(64) TimeHistogram tick_time;              // of the whole tick, from its first line to its last write
};

struct RoomRow {
  alignas(64) RoomStateCell state;
  alignas(64) std::atomic<uint64_t> lane_masks[kLanesOfAll];  // bit s: shard s has written into its lane since the row was taken
  std::atomic<uint32_t> mixer;                                // 1 + the shard that took one of the streams last; 0: none yet
  StreamHead streams[kRoomStreams];                           // of the buckets, the solo mix, the recorded and the live one
  std::atomic<uint32_t> live_players[kMaxShards];             // on each shard; its own to write
  // Not of parts: theirs are in PartHead.
  [[nodiscard]] std::atomic<uint64_t>& lane_mask(LaneKind kind) { return lane_masks[static_cast<size_t>(kind)]; }
};

// Of a part that somebody wants to hear louder. It is there, as its streams and lanes, while RoomState::part_lanes says so.
struct PartHead {
  alignas(64) std::atomic<uint64_t> lane_mask;   // as RoomRow's
  std::atomic<uint64_t> listeners[kMaxBuckets];  // bit s: shard s has somebody in that bucket who wants it
};

enum class SegmentError {
  kExists,    // create: there is one of this name
  kMissing,   // open: there is none
  kForeign,   // open: not a whole segment of this version, or of another user
  kTooSmall,  // open: shorter than its header, or than its header says
  kFull,      // create: not enough shared memory is left
  kSystem,    // a size or name out of range, or the system refused
};

struct SegmentSize {
  uint32_t max_shards = 2;
  uint32_t max_rooms = 1024;
  uint32_t lane_blocks = kLaneBlocks;  // power of two
};

class Segment {
 public:
  // `name` begins with '/', as for shm_open. kExists if there is one already. Reserves all but streams and lanes.
  [[nodiscard]] static tl::expected<Segment, SegmentError> create(const std::string& name, SegmentSize size, Timeline timeline);
  // Opens and checks magic, version and lengths.
  [[nodiscard]] static tl::expected<Segment, SegmentError> open(const std::string& name);
  // Removes the name; mappings stay valid. True if there was one.
  static bool remove(const std::string& name);

  Segment(Segment&&) noexcept;
  Segment& operator=(Segment&&) noexcept;
  ~Segment();  // unmaps

  // As it lies in memory, where anybody may have changed it. Use size() and timeline().
  [[nodiscard]] const SegmentHeader& header() const;
  // As it was when the segment was made or opened, and checked.
  [[nodiscard]] const SegmentSize& size() const { return size_; }
  // A bit for each shard that there may be: masks in shared memory may hold others.
  [[nodiscard]] uint64_t all_shards() const { return ~uint64_t{0} >> (kMaxShards - static_cast<int>(size_.max_shards)); }
  [[nodiscard]] Timeline timeline() const;
  [[nodiscard]] ConductorRow& conductor() const;
  // Indices are checked: out of range aborts.
  [[nodiscard]] ShardRow& shard(int index) const;
  [[nodiscard]] RoomRow& room(int row) const;
  [[nodiscard]] PacketStream stream(int row, int index) const;  // the bucket from 0, or kSoloStream
  // What belongs to the mix of that bucket (from 0) and is made by its owner: one more packet, of this part alone.
  [[nodiscard]] PacketStream part_stream(int row, int bucket, int part) const;
  [[nodiscard]] PartHead& part_head(int row, int part) const;
  [[nodiscard]] LaneBlock* lane(int row, int shard, LaneKind kind = LaneKind::kVoices) const;

  // --- Conductor only. System calls: not in a tick ---

  // Bytes of the streams and the lanes of all shards with rings of so many blocks, without the lanes of the solo mix
  // and of parts.
  [[nodiscard]] uint64_t song_bytes(uint32_t ring_blocks) const;
  // Reserves them, so that they can be written without asking the system. `held_blocks`: the ring for which the room has memory
  // already. False: not enough is left, nothing has changed.
  [[nodiscard]] bool reserve_song(int row, uint32_t held_blocks, uint32_t ring_blocks) const;
  // The same for the solo lanes, and their bytes.
  [[nodiscard]] bool reserve_solo(int row, uint32_t held_blocks, uint32_t ring_blocks) const;
  [[nodiscard]] uint64_t solo_bytes(uint32_t ring_blocks) const;
  // The same for the lanes of a part and its streams in all buckets.
  [[nodiscard]] bool reserve_part(int row, int part, uint32_t held_blocks, uint32_t ring_blocks) const;
  [[nodiscard]] uint64_t part_bytes(uint32_t ring_blocks) const;
  // Gives streams and lanes back to the system (they read as zeros afterwards).
  void release_song(int row) const;
  // A shard was killed: it listens nowhere and owns no stream any more. Its lanes stay: what was sung is still true.
  void forget_shard(int index) const;
  // Forgets who owns, hears and writes what in this row.
  void clear_room(int row) const;
  // True when each shard that runs has begun a tick since `ns`: it has seen what was published before.
  [[nodiscard]] bool all_shards_ticked_since(int64_t ns) const;

  struct Memory {
    uint64_t used_bytes = 0;             // by this segment
    std::optional<uint64_t> left_bytes;  // where it lies (/dev/shm); nothing if there is no limit
  };
  // Any process.
  [[nodiscard]] Memory memory() const;

  // What reserves memory, in tests: returns 0 or an errno, as posix_fallocate.
  using ReserveRange = std::function<int(int fd, uint64_t offset, uint64_t bytes)>;
  void reserve_with(ReserveRange reserve) { reserve_ = std::move(reserve); }

 private:
  Segment() = default;
  [[nodiscard]] uint64_t slots_offset(int row) const;
  [[nodiscard]] uint64_t part_offset(int row, int part) const;
  [[nodiscard]] uint64_t lane_offset(int row, int shard, LaneKind kind) const;
  struct Range {
    uint64_t offset;
    uint64_t bytes;
  };
  // What grows from `held_blocks` to `blocks` in the lanes of this kind.
  void add_lanes(std::vector<Range>& ranges, int row, LaneKind kind, uint32_t held_blocks, uint32_t blocks) const;
  // All of them or none.
  [[nodiscard]] bool reserve(const std::vector<Range>& ranges) const;
  void release(uint64_t offset, uint64_t bytes) const;
  void swap(Segment& other) noexcept;

  FileDescriptor fd_{-1};
  ReserveRange reserve_;
  std::byte* base_ = nullptr;
  uint64_t bytes_ = 0;  // of the mapping
  // Copies of what was checked: shared memory may change under our feet.
  SegmentSize size_;
  Timeline timeline_;
};

}  // namespace roundelay
