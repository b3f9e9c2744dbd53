#include "server/wire/sound/voice_message.h"

#include <cassert>

#include "mixer/room_state.h"
#include "server/wire/sound/bytes.h"
#include "server/wire/sound/message_header.h"

namespace roundelay::wire {

tl::expected<VoiceMessage, WireError> parse_voice(std::span<const uint8_t> bytes) {
  const auto header = parse_header(bytes, kVoiceType, true, kMaxBuckets);
  if (!header) return tl::unexpected(header.error());
  VoiceMessage message{header->bucket, header->count, header->song, header->position, {}};
  size_t at = kHeaderBytes;
  for (int i = 0; i < message.count; ++i) {
    if (bytes.size() - at < 2) return tl::unexpected(WireError::kTooShort);
    const size_t length = load<uint16_t>(&bytes[at]);
    at += 2;
    if (length > kMaxVoicePacketBytes) return tl::unexpected(WireError::kBadLength);
    if (bytes.size() - at < length) return tl::unexpected(WireError::kTooShort);
    message.packets[i] = bytes.subspan(at, length);
    at += length;
  }
  if (at != bytes.size()) return tl::unexpected(WireError::kTrailing);
  return message;
}

size_t build_voice(const VoiceMessage& message, std::span<uint8_t> out) {
  assert(message.count >= 1 && message.count <= kMaxBlocksPerMessage && out.size() >= kMaxVoiceMessageBytes);
  store_header(out.data(), kVoiceType, {message.bucket, message.count, message.song, message.position});
  size_t at = kHeaderBytes;
  for (int i = 0; i < message.count; ++i) {
    const auto packet = message.packets[i];
    assert(packet.size() <= kMaxVoicePacketBytes);
    store(&out[at], static_cast<uint16_t>(packet.size()));
    at += 2;
    if (!packet.empty()) std::memcpy(&out[at], packet.data(), packet.size());
    at += packet.size();
  }
  return at;
}

}  // namespace roundelay::wire
