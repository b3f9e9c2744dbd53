// Little-endian numbers in byte spans. The caller has checked the bounds. Pure; safe in the tick.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace roundelay::wire {

static_assert(std::endian::native == std::endian::little, "the wire is little-endian, and so are all hosts we build for");

template <typename T>
[[nodiscard]] inline T load(const uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <typename T>
inline void store(uint8_t* to, T value) {
  std::memcpy(to, &value, sizeof value);
}

}  // namespace roundelay::wire
