// Sequence locks for one writer and any number of readers in any process: a counter that is odd while its data
// is being written. After Boehm, "Can Seqlocks Get Along With Programming Language Memory Models?" (2012).
// Internal to the mixer. No allocation, lock or system call: safe in the tick.
#pragma once

#include <atomic>
#include <cstdint>

namespace roundelay {

// How often a reader tries before it gives up on a writer that stands still: some microseconds.
inline constexpr int kSeqlockTries = 64;

inline void cpu_relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

struct SeqlockWrite {
  uint64_t odd;  // the counter while the data is being written
  bool broken;   // an earlier writer died in the middle: the data is worth nothing
};

// Only the one writer. Everything that it writes until seqlock_close is hidden from readers.
inline SeqlockWrite seqlock_open(std::atomic<uint64_t>& sequence) {
  const uint64_t before = sequence.load(std::memory_order_relaxed);
  const SeqlockWrite write{before | 1U, (before & 1U) != 0};
  sequence.store(write.odd, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  return write;
}

inline void seqlock_close(std::atomic<uint64_t>& sequence, SeqlockWrite write) {
  sequence.store(write.odd + 1, std::memory_order_release);
}

enum class SeqlockRead {
  kCopied,    // what `copy` took is whole
  kUnwanted,  // `wanted` said no
  kTorn,      // still being written after kSeqlockTries
};

// Runs `copy` until nothing was written meanwhile. `wanted` looks at atomics only (say, the position) and ends the
// search when the data is not what the reader is after, even while somebody writes.
// `copy` may see nonsense: it must copy, and neither trust nor follow what it reads.
template <typename Wanted, typename Copy>
SeqlockRead seqlock_read(const std::atomic<uint64_t>& sequence, Wanted&& wanted, Copy&& copy) {
  for (int i = 0; i < kSeqlockTries; ++i) {
    const uint64_t before = sequence.load(std::memory_order_acquire);
    if (!wanted()) return SeqlockRead::kUnwanted;
    if ((before & 1U) == 0) {
      copy();
      std::atomic_thread_fence(std::memory_order_acquire);
      if (sequence.load(std::memory_order_relaxed) == before) return SeqlockRead::kCopied;
    }
    cpu_relax();
  }
  return SeqlockRead::kTorn;
}

}  // namespace roundelay
