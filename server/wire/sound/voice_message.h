// The binary message that carries a voice, client to server (PROTOCOL.md 2.1). Pure: bytes to a checked value or an
// error, and back. No allocation: safe in the tick.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include <tl/expected.hpp>

#include "mixer/position.h"

namespace roundelay::wire {

inline constexpr uint8_t kVoiceType = 1;
inline constexpr int kMaxBlocksPerMessage = 5;
inline constexpr int kHeaderBytes = 16;  // of both kinds of message
inline constexpr int kMaxVoicePacketBytes = 1275;
inline constexpr int kMaxVoiceMessageBytes = kHeaderBytes + kMaxBlocksPerMessage * (2 + kMaxVoicePacketBytes);

enum class WireError {
  kTooShort,     // ends before its header or a packet does
  kTrailing,     // something follows the last packet
  kBadType,      // not the type asked for
  kBadFlags,     // a flag that does not exist
  kBadBucket,    // not 1 to 8
  kBadCount,     // not 1 to 5 blocks
  kBadPosition,  // not on the grid, or not above 0
  kBadLength,    // a packet longer than allowed
};
// A phrase that names what is wrong and what is allowed.
[[nodiscard]] const char* describe(WireError error);

struct VoiceMessage {
  uint8_t bucket = 1;  // 1 to kMaxBuckets: where it was heard
  uint8_t count = 0;   // 1 to kMaxBlocksPerMessage
  uint32_t song = 0;
  Position position;                                                     // of the first block
  std::array<std::span<const uint8_t>, kMaxBlocksPerMessage> packets{};  // views into the message; empty: no voice
};

[[nodiscard]] tl::expected<VoiceMessage, WireError> parse_voice(std::span<const uint8_t> bytes);

// Writes the message to `out` (at least kMaxVoiceMessageBytes) and returns its length. Only valid values.
[[nodiscard]] size_t build_voice(const VoiceMessage& message, std::span<uint8_t> out);

}  // namespace roundelay::wire
