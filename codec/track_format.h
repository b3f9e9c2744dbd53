// The fixed parts of a track's blob, shared by the one that writes it and the one that reads it. The layout is in track.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace roundelay::track_format {

inline constexpr std::array<uint8_t, 8> kMagic = {'R', 'N', 'D', 'L', 'T', 'R', 'K', '1'};
inline constexpr size_t kChannelsAt = 8;
inline constexpr size_t kPrerollAt = 12;
inline constexpr size_t kBlocksAt = 16;
inline constexpr size_t kReservedAt = 20;
inline constexpr size_t kLengthAt = 24;
inline constexpr size_t kOffsetsAt = 32;

inline uint32_t load_u32(const uint8_t* at) {
  return static_cast<uint32_t>(at[0]) | static_cast<uint32_t>(at[1]) << 8 | static_cast<uint32_t>(at[2]) << 16 |
         static_cast<uint32_t>(at[3]) << 24;
}

inline uint64_t load_u64(const uint8_t* at) {
  return load_u32(at) | static_cast<uint64_t>(load_u32(at + 4)) << 32;
}

inline void store_u32(uint8_t* at, uint32_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<uint8_t>(value >> (8 * i));
}

inline void store_u64(uint8_t* at, uint64_t value) {
  store_u32(at, static_cast<uint32_t>(value));
  store_u32(at + 4, static_cast<uint32_t>(value >> 32));
}

}  // namespace roundelay::track_format
