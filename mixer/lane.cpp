#include "mixer/lane.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "mixer/seqlock.h"

namespace roundelay {
namespace {

// The count in shared memory is only believed up to this, so that sums over all lanes cannot overflow.
constexpr uint32_t kMaxPeople = 1U << 20;

// Copies samples that a writer may be changing at this moment; the sequence tells afterwards whether it did.
// This race is meant, so the thread sanitizer looks away here. It must not become a call of memcpy, which the
// sanitizer watches: hence the compiler barrier after each cache line. The writer's side stays watched, so that two
// writers of one lane would be found.
__attribute__((noinline, no_sanitize("thread"))) void copy_racing(float* __restrict to, const float* __restrict from) {
  constexpr int kLine = 16;
  static_assert(kBlockSamples % kLine == 0);
  for (int line = 0; line < kBlockSamples; line += kLine) {
    for (int i = 0; i < kLine; ++i) to[line + i] = from[line + i];
    asm volatile("" ::: "memory");
  }
}

}  // namespace

void LaneWriter::add(Position at, Block voice, float from, float to, uint32_t people) {
  assert(blocks_ != nullptr && std::has_single_bit(mask_ + 1));
  assert(at.on_grid() && at.samples >= 0);
  LaneBlock& block = blocks_[static_cast<uint64_t>(at.block_index()) & mask_];
  const SeqlockWrite write = seqlock_open(block.sequence);
  const MutableBlock samples(block.samples, kBlockSamples);
  if (write.broken || block.position.load(std::memory_order_relaxed) != at.samples) {
    block.position.store(at.samples, std::memory_order_relaxed);
    block.people.store(people, std::memory_order_relaxed);
    copy_ramped(samples, voice, from, to);
  } else {
    block.people.store(block.people.load(std::memory_order_relaxed) + people, std::memory_order_relaxed);
    add_ramped(samples, voice, from, to);
  }
  seqlock_close(block.sequence, write);
}

int LaneReader::add_to(MutableBlock sum, Position at, bool* torn) const {
  assert(blocks_ != nullptr && std::has_single_bit(mask_ + 1));
  assert(at.on_grid());
  const LaneBlock& block = blocks_[static_cast<uint64_t>(at.block_index()) & mask_];
  alignas(64) float copy[kBlockSamples];
  uint32_t people = 0;
  const SeqlockRead read = seqlock_read(
      block.sequence, [&] { return block.position.load(std::memory_order_relaxed) == at.samples; },
      [&] {
        people = block.people.load(std::memory_order_relaxed);
        copy_racing(copy, block.samples);
      });
  if (torn != nullptr) *torn = read == SeqlockRead::kTorn;
  if (read != SeqlockRead::kCopied) return 0;
  add_ramped(sum, Block(copy, kBlockSamples), 1, 1);
  return static_cast<int>(std::min(people, kMaxPeople));
}

int LaneReader::people_at(Position at) const {
  const LaneBlock& block = blocks_[static_cast<uint64_t>(at.block_index()) & mask_];
  uint32_t people = 0;
  const SeqlockRead read = seqlock_read(
      block.sequence, [&] { return block.position.load(std::memory_order_relaxed) == at.samples; },
      [&] { people = block.people.load(std::memory_order_relaxed); });
  return read == SeqlockRead::kCopied ? static_cast<int>(std::min(people, kMaxPeople)) : 0;
}

}  // namespace roundelay
