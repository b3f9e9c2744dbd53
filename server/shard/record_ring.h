// What a shard takes of the songs that are recorded, on its way to the disk: a ring of bytes from the loop to libuv's threads.
// One writer, the loop; one reader at a time. Bounded: what does not fit is refused. push() copies, and nothing else: safe in the
// tick.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "mixer/position.h"

namespace roundelay {

// What one entry of the ring is about.
struct RecordNote {
  enum class Kind : uint8_t { kBegin, kPerson, kPacket, kMix, kTrack, kMetronome, kDropped, kEnd, kLeave };
  uint32_t log = 0;  // of the shard's logs
  Kind kind = Kind::kPacket;
  bool leader = false;    // the voice went into the leader's lane
  bool left_out = false;  // of a person
  uint16_t split = 0;     // of the bytes: where a second text begins
  float gain = 1;         // with which the voice was mixed
  uint32_t blocks = 0;    // that were dropped
  uint64_t person = 0;
  Position position = {};
};

class RecordRing {
 public:
  // `capacity_bytes`: a power of two. Not touched before it is used: takes no memory until then.
  explicit RecordRing(size_t capacity_bytes);

  // The loop only. False: there is no room for it.
  [[nodiscard]] bool push(const RecordNote& note, std::span<const uint8_t> bytes);
  [[nodiscard]] bool push(const RecordNote& note, std::string_view first, std::string_view second);
  [[nodiscard]] bool empty() const { return written_.load(std::memory_order_acquire) == read_.load(std::memory_order_acquire); }

  // The reader only. False: nothing waits. `bytes` has kMostBytes; `length` of them are the entry's.
  [[nodiscard]] bool pop(RecordNote& note, std::span<uint8_t> bytes, size_t& length);

  static constexpr size_t kMostBytes = 4'000;  // of an entry

 private:
  struct Head {
    RecordNote note;
    uint32_t length = 0;
  };
  void put(uint64_t at, const void* from, size_t length);
  void get(uint64_t at, void* to, size_t length) const;
  [[nodiscard]] bool push(const RecordNote& note, std::span<const uint8_t> first, std::span<const uint8_t> second);

  size_t capacity_;
  std::unique_ptr<uint8_t[]> bytes_;
  alignas(64) std::atomic<uint64_t> written_{0};  // bytes, ever
  alignas(64) std::atomic<uint64_t> read_{0};
};

}  // namespace roundelay
