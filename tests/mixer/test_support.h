// Helpers of the mixer's tests: signals, positions, shared memory that goes away by itself.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "mixer/lane.h"
#include "mixer/segment.h"

namespace roundelay::test_parts {

using Samples = std::array<float, kBlockSamples>;

inline Samples constant(float value) {
  Samples samples;
  samples.fill(value);
  return samples;
}

// One sample of `value` at `index`, otherwise silence.
inline Samples impulse(int index, float value) {
  Samples samples{};
  samples[static_cast<size_t>(index)] = value;
  return samples;
}

// Block number `block` of an endless sine.
inline Samples sine(double hz, double amplitude, int64_t block) {
  Samples samples;
  for (size_t i = 0; i < samples.size(); ++i) {
    const auto n = static_cast<double>(block * kBlockSamples + static_cast<int64_t>(i));
    samples[i] = static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * hz * n / kSampleRate));
  }
  return samples;
}

// The start of block `index` counted from some position of our days.
inline Position block_at(int64_t index) {
  return Position{86'400'000'000 * kBlockSamples} + Blocks{index};
}

// Zeroed objects in memory that forked children share.
template <typename T>
class SharedArray {
 public:
  explicit SharedArray(size_t count) : bytes_(count * sizeof(T)) {
    void* base = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) std::abort();
    data_ = static_cast<T*>(base);
  }
  ~SharedArray() { munmap(data_, bytes_); }
  SharedArray(const SharedArray&) = delete;
  SharedArray& operator=(const SharedArray&) = delete;

  T* get() { return data_; }
  T& operator[](size_t i) { return data_[i]; }

 private:
  size_t bytes_;
  T* data_ = nullptr;
};

// A packet stream in memory of its own.
struct StreamMemory {
  StreamHead head;
  StreamSlots slots;
  PacketStream stream() { return {head, slots}; }
};

// A name for a segment that nobody else has; removed at the end, whatever happens.
class SegmentName {
 public:
  SegmentName() {
    static int count = 0;
    name_ = "/roundelay-test-" + std::to_string(getpid()) + "-" + std::to_string(count++);
  }
  ~SegmentName() { Segment::remove(name_); }
  SegmentName(const SegmentName&) = delete;
  SegmentName& operator=(const SegmentName&) = delete;

  [[nodiscard]] const std::string& get() const { return name_; }

 private:
  std::string name_;
};

// The length of a run of equal samples from the start: kBlockSamples when all are equal.
inline int equal_samples(Block block) {
  int i = 1;
  while (i < kBlockSamples && block[static_cast<size_t>(i)] == block[0]) ++i;
  return i;
}

}  // namespace roundelay::test_parts
