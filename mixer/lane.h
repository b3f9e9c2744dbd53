// A lane: the ring of summed voices of one room that one shard writes and every process reads.
//
// Layout in shared memory: `ring_blocks` (a power of two) LaneBlocks; the block of position p lies at
// p.block_index() & (ring_blocks - 1). A block carries the position it holds, so a stale block is
// silence and nothing is ever cleared ahead. A sequence counter per block (odd while written) keeps a
// reader from hearing half of an addition: seqlock after Boehm, "Can Seqlocks Get Along With Programming
// Language Memory Models?" (2012). A writer killed in the middle of an addition leaves an odd counter:
// readers take the block as silence, and the next writer of the lane starts it anew.
//
// No allocation, no lock, no system call: safe in the tick.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "mixer/gain.h"
#include "mixer/room_state.h"

namespace roundelay {

// What is summed where: a voice in one of the first two, in the third as well while she is soloed, and in that of her part while
// somebody wants to hear it louder. Parts have a lane each, from kFirstPart on.
enum class LaneKind { kVoices, kLeader, kSolo, kFirstPart };
inline constexpr size_t kLanesOfAll = 3;  // the kinds before those of parts
inline constexpr size_t kLaneKinds = kLanesOfAll + kMostParts;
// `part` from 0, as the room lists them.
constexpr LaneKind lane_of_part(size_t part) {
  return static_cast<LaneKind>(static_cast<size_t>(LaneKind::kFirstPart) + part);
}

struct alignas(64) LaneBlock {
  std::atomic<uint64_t> sequence;  // odd: being written
  std::atomic<int64_t> position;   // samples; what the block holds
  std::atomic<uint32_t> people;    // voices that were added
  uint32_t reserved0;
  char reserved1[232];
  float samples[kBlockSamples];
};
static_assert(sizeof(LaneBlock) == 4096, "a block is one page, so untouched blocks cost nothing");
static_assert(std::atomic<uint64_t>::is_always_lock_free && std::atomic<int64_t>::is_always_lock_free);

// Only in the one process (and on the one thread) that owns the lane.
class LaneWriter {
 public:
  LaneWriter() = default;
  LaneWriter(LaneBlock* blocks, uint32_t ring_blocks) : blocks_(blocks), mask_(ring_blocks - 1) {}

  // Adds a voice at `at` (on the grid), its gain running from `from` to `to`, and counts `people` more there: 1, or 0 for what
  // only dies away. The first addition at a position overwrites what the ring held. The caller has checked that `at` lies in the
  // ring's reach.
  void add(Position at, Block voice, float from, float to, uint32_t people = 1);

  explicit operator bool() const { return blocks_ != nullptr; }

 private:
  LaneBlock* blocks_ = nullptr;
  uint64_t mask_ = 0;
};

// One of each kind; those that nothing is written into may be empty.
struct LaneWriters {
  std::array<LaneWriter, kLaneKinds> all;
  LaneWriter& of(LaneKind kind) { return all[static_cast<size_t>(kind)]; }
};

// Any process.
class LaneReader {
 public:
  LaneReader() = default;
  LaneReader(const LaneBlock* blocks, uint32_t ring_blocks) : blocks_(blocks), mask_(ring_blocks - 1) {}

  // Adds the lane's block at `at` to `sum` and returns how many people it held: 0 when the block is stale, holds only what
  // dies away, or is still being written after a bounded number of tries (then *torn, if given, is set to true).
  int add_to(MutableBlock sum, Position at, bool* torn = nullptr) const;
  // How many people the block at `at` holds, without its samples: 0 when it is stale.
  [[nodiscard]] int people_at(Position at) const;

 private:
  const LaneBlock* blocks_ = nullptr;
  uint64_t mask_ = 0;
};

}  // namespace roundelay
