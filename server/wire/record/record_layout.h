// What writer and reader of a recording's log share.
#pragma once

#include <cstdint>
#include <span>

#include "mixer/position.h"

namespace roundelay::wire {

inline constexpr uint8_t kAutomaticGainFlag = 1;  // of a song
inline constexpr uint8_t kLeaderRoundFlag = 2;    // of a song
inline constexpr uint8_t kLeftOutFlag = 1;        // of a person
inline constexpr uint8_t kLeaderFlag = 1;         // of a packet

inline constexpr float kMostRecordGain = 1'000;

[[nodiscard]] constexpr bool is_record_position(Position position) {
  return position.samples > 0 && position.samples < int64_t{1} << 53 && position.on_grid();
}
[[nodiscard]] uint32_t record_sum(std::span<const uint8_t> kind_and_body);

}  // namespace roundelay::wire
