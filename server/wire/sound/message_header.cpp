#include "server/wire/sound/message_header.h"

#include "mixer/room_state.h"
#include "server/wire/sound/bytes.h"

namespace roundelay::wire {

const char* describe(WireError error) {
  switch (error) {
    case WireError::kTooShort:
      return "the message ends before its last packet does";
    case WireError::kTrailing:
      return "bytes follow the last packet";
    case WireError::kBadType:
      return "the message's type is not known; it must be 1 (voice)";
    case WireError::kBadFlags:
      return "a flag is set that does not exist; flags must be 0";
    case WireError::kBadBucket:
      return "the bucket must be 1 to 8";
    case WireError::kBadCount:
      return "a message carries 1 to 5 blocks";
    case WireError::kBadPosition:
      return "the position must be a multiple of 960 above 0";
    case WireError::kBadLength:
      return "a packet is at most 1275 bytes long";
  }
  return "the message is malformed";
}

tl::expected<MessageHeader, WireError> parse_header(std::span<const uint8_t> bytes, uint8_t type, bool strict_flags,
                                                    int most_bucket) {
  if (bytes.size() < kHeaderBytes) return tl::unexpected(WireError::kTooShort);
  if (bytes[0] != type) return tl::unexpected(WireError::kBadType);
  if (strict_flags && bytes[1] != 0) return tl::unexpected(WireError::kBadFlags);
  MessageHeader header{bytes[2], bytes[3], load<uint32_t>(&bytes[4]), Position{load<int64_t>(&bytes[8])}, bytes[1]};
  if (header.bucket < 1 || header.bucket > most_bucket) return tl::unexpected(WireError::kBadBucket);
  if (header.count < 1 || header.count > kMaxBlocksPerMessage) return tl::unexpected(WireError::kBadCount);
  // The upper bound keeps sums of positions and offsets far from overflow.
  if (header.position.samples <= 0 || header.position.samples >= (int64_t{1} << 53) || !header.position.on_grid())
    return tl::unexpected(WireError::kBadPosition);
  return header;
}

void store_header(uint8_t* out, uint8_t type, const MessageHeader& header) {
  out[0] = type;
  out[1] = header.flags;
  out[2] = header.bucket;
  out[3] = header.count;
  store(out + 4, header.song);
  store(out + 8, header.position.samples);
}

}  // namespace roundelay::wire
