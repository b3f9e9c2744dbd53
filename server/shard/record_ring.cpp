#include "server/shard/record_ring.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <type_traits>

namespace roundelay {

static_assert(std::is_trivially_copyable_v<RecordNote>);

RecordRing::RecordRing(size_t capacity_bytes)
    : capacity_(capacity_bytes), bytes_(std::make_unique_for_overwrite<uint8_t[]>(capacity_bytes)) {
  assert((capacity_bytes & (capacity_bytes - 1)) == 0);
}

void RecordRing::put(uint64_t at, const void* from, size_t length) {
  const size_t begin = at & (capacity_ - 1);
  const size_t first = std::min(length, capacity_ - begin);
  std::memcpy(&bytes_[begin], from, first);
  if (first < length) std::memcpy(bytes_.get(), static_cast<const uint8_t*>(from) + first, length - first);
}

void RecordRing::get(uint64_t at, void* to, size_t length) const {
  const size_t begin = at & (capacity_ - 1);
  const size_t first = std::min(length, capacity_ - begin);
  std::memcpy(to, &bytes_[begin], first);
  if (first < length) std::memcpy(static_cast<uint8_t*>(to) + first, bytes_.get(), length - first);
}

bool RecordRing::push(const RecordNote& note, std::span<const uint8_t> first, std::span<const uint8_t> second) {
  const Head head{note, static_cast<uint32_t>(first.size() + second.size())};
  const uint64_t at = written_.load(std::memory_order_relaxed);
  const uint64_t used = at - read_.load(std::memory_order_acquire);
  if (head.length > kMostBytes || used + sizeof head + head.length > capacity_) return false;
  put(at, &head, sizeof head);
  if (!first.empty()) put(at + sizeof head, first.data(), first.size());
  if (!second.empty()) put(at + sizeof head + first.size(), second.data(), second.size());
  written_.store(at + sizeof head + head.length, std::memory_order_release);
  return true;
}

bool RecordRing::push(const RecordNote& note, std::span<const uint8_t> bytes) {
  return push(note, bytes, {});
}

bool RecordRing::push(const RecordNote& note, std::string_view first, std::string_view second) {
  RecordNote split = note;
  split.split = static_cast<uint16_t>(first.size());
  const auto bytes_of = [](std::string_view text) {
    return std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  };
  return push(split, bytes_of(first), bytes_of(second));
}

bool RecordRing::pop(RecordNote& note, std::span<uint8_t> bytes, size_t& length) {
  const uint64_t at = read_.load(std::memory_order_relaxed);
  if (written_.load(std::memory_order_acquire) == at) return false;
  Head head;
  get(at, &head, sizeof head);
  note = head.note;
  length = head.length;
  get(at + sizeof head, bytes.data(), length);
  read_.store(at + sizeof head + head.length, std::memory_order_release);
  return true;
}

}  // namespace roundelay
