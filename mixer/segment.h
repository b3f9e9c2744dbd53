// The shared memory of one server: header, shards, rooms, packet streams, lanes.
//
// One POSIX shared-memory object, sparse: pages exist only where somebody wrote. Layout:
//   SegmentHeader | ShardRow[max_shards] | RoomRow[max_rooms] | LaneBlock[max_rooms][max_shards][lane_blocks]
// The lane of (room row, shard) is found by arithmetic; a room's lanes use its ring_blocks <= lane_blocks.
// The version is stored last at creation, so a half-made segment is never taken for a whole one (Aeron's habit).
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

#include "mixer/lane.h"
#include "mixer/packet_stream.h"
#include "mixer/room_state.h"
#include "mixer/time_histogram.h"
#include "mixer/timeline.h"

namespace roundelay {

inline constexpr uint64_t kSegmentMagic = 0x79616c65646e7552;  // "Rundelay", little-endian
inline constexpr uint32_t kSegmentVersion = 4;
inline constexpr int kMaxShards = 64;

// What the conductor tells of itself; written by it, `pid` also by the supervisor when it has ended.
struct ConductorRow {
  alignas(64) std::atomic<int64_t> pid;  // 0: not running
  std::atomic<int64_t> heartbeat_ns;     // monotonic time of its loop's last turn
  std::atomic<uint64_t> starts;          // how often a conductor started
  std::atomic<uint32_t> store_failing;   // 1: the database takes no changes at the moment
  std::atomic<uint64_t> store_failures;  // how often it refused some
  std::atomic<uint64_t> unstored;        // changes that wait for it
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
  Counter ticks, late_ticks, voices_decoded, voices_skipped, blocks_added, blocks_late, blocks_refused, blocks_mixed, encodes,
      streams_taken, torn_reads, messages_in, messages_out, blocks_out, probes, audio_dropped, connections, sessions, bytes_in,
      bytes_out;
  Counter singers_refused;  // for its sake; written by the conductor
  // How busy the shard is, as it was in its last full second (see server/shard/headroom.h).
  alignas(64) std::atomic<uint32_t> load_permille;  // CPU time it used, of one core
  std::atomic<uint32_t> strain;                     // 0: none; 1 to 3: what it sheds
  std::atomic<uint32_t> complexity;                 // of its encoders, 0 to 10
  std::atomic<uint32_t> singers;                    // sessions here that may sing
  std::atomic<uint32_t> capacity;                   // singers it could serve
  alignas(64) TimeHistogram tick_time;              // of the whole tick, from its first line to its last write
};

struct RoomRow {
  RoomStateCell state;
  alignas(64) std::atomic<uint64_t> lane_mask;  // bit s: shard s has written into its lane since the row was taken
  std::atomic<uint32_t> mixer;                  // 1 + the shard that took one of the streams last; 0: none yet
  PacketStream streams[kMaxBuckets];
};

enum class SegmentError {
  kExists,    // create: there is one of this name
  kMissing,   // open: there is none
  kForeign,   // open: not a whole segment of this version, or of another user
  kTooSmall,  // open: shorter than its header, or than its header says
  kSystem,    // a size or name out of range, or the system refused
};

struct SegmentSize {
  uint32_t max_shards = 2;
  uint32_t max_rooms = 1024;
  uint32_t lane_blocks = 4096;  // power of two; 81.92 s
};

class Segment {
 public:
  // `name` begins with '/', as for shm_open. kExists if there is one already.
  [[nodiscard]] static tl::expected<Segment, SegmentError> create(const std::string& name, SegmentSize size, Timeline timeline);
  // Opens and checks magic, version and lengths.
  [[nodiscard]] static tl::expected<Segment, SegmentError> open(const std::string& name);
  // Removes the name; mappings stay valid. True if there was one.
  static bool remove(const std::string& name);

  Segment(Segment&&) noexcept;
  Segment& operator=(Segment&&) noexcept;
  ~Segment();  // unmaps

  [[nodiscard]] const SegmentHeader& header() const;
  [[nodiscard]] Timeline timeline() const;
  [[nodiscard]] ConductorRow& conductor() const;
  // Indices are checked: out of range aborts.
  [[nodiscard]] ShardRow& shard(int index) const;
  [[nodiscard]] RoomRow& room(int row) const;
  [[nodiscard]] LaneBlock* lane(int row, int shard) const;

  // Gives the memory of all of a room's lanes and streams back to the system (reads as zeros afterwards). Conductor only, when
  // the room is empty. System call: not in the tick.
  void release_room(int row) const;

 private:
  Segment() = default;
  void swap(Segment& other) noexcept;

  std::byte* base_ = nullptr;
  uint64_t bytes_ = 0;  // of the mapping
  // Copies of what was checked: shared memory may change under our feet.
  SegmentSize size_;
  Timeline timeline_;
};

}  // namespace roundelay
