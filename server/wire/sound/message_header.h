// The 16 bytes that both kinds of binary message begin with (PROTOCOL.md 2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "mixer/position.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay::wire {

struct MessageHeader {
  uint8_t bucket = 1;
  uint8_t count = 0;
  uint32_t song = 0;
  Position position;
  uint8_t flags = 0;
};

// Parses the header of a message of `type`, of bucket 1 to `most_bucket`; unknown flags are an error if `strict_flags`.
[[nodiscard]] tl::expected<MessageHeader, WireError> parse_header(std::span<const uint8_t> bytes, uint8_t type, bool strict_flags,
                                                                  int most_bucket);
void store_header(uint8_t* out, uint8_t type, const MessageHeader& header);

}  // namespace roundelay::wire
