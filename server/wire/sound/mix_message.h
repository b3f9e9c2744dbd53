// The binary message that carries a bucket's mix, backing and metronome, server to client (PROTOCOL.md 2.2). Pure; no allocation:
// safe in the tick.
#pragma once

#include <array>

#include "server/wire/sound/voice_message.h"

namespace roundelay::wire {

inline constexpr uint8_t kMixType = 2;
inline constexpr int kMixBlockHeaderBytes = 6;
inline constexpr uint8_t kWithMetronome = 1;  // a flag: each block also has a packet of the metronome
inline constexpr uint8_t kWithPart = 2;       // a flag: each block also has a packet of the listener's own part
inline constexpr int kMetronomeLengthBytes = 2;
inline constexpr int kPartLengthBytes = 2;
// By so much is the sound of a mix later than its position: the delay of the Opus encoder at low delay.
inline constexpr int kMixDelaySamples = 120;
inline constexpr int kMaxMixMessageBytes = kHeaderBytes + kMaxBlocksPerMessage * (kMixBlockHeaderBytes + kMetronomeLengthBytes +
                                                                                  kPartLengthBytes + 4 * kMaxVoicePacketBytes);

struct MixBlock {
  uint16_t people = 0;                      // voices in this block of the mix
  std::span<const uint8_t> mix = {};        // empty: silence
  std::span<const uint8_t> backing = {};    // empty: none
  std::span<const uint8_t> metronome = {};  // empty: no click
  std::span<const uint8_t> part = {};       // empty: silence, or nobody asked for it
};

struct MixMessage {
  uint8_t bucket = 1;  // 1 to kMaxBuckets, or kSoloBucket
  uint8_t count = 0;   // 1 to kMaxBlocksPerMessage
  uint32_t song = 0;
  Position position;                                    // of the first block
  std::array<MixBlock, kMaxBlocksPerMessage> blocks{};  // views into the message
};

[[nodiscard]] tl::expected<MixMessage, WireError> parse_mix(std::span<const uint8_t> bytes);

// The flags are set where some block clicks, or has a packet of a part. Writes the message to `out` (at least
// kMaxMixMessageBytes) and returns its length. Only valid values.
[[nodiscard]] size_t build_mix(const MixMessage& message, std::span<uint8_t> out);

}  // namespace roundelay::wire
