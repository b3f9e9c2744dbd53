#include "server/wire/sound/mix_message.h"

#include <algorithm>
#include <cassert>

#include "mixer/room_state.h"
#include "server/wire/sound/bytes.h"
#include "server/wire/sound/message_header.h"

namespace roundelay::wire {
namespace {

size_t block_header_bytes(bool clicks, bool with_part) {
  return kMixBlockHeaderBytes + (clicks ? kMetronomeLengthBytes : 0) + (with_part ? kPartLengthBytes : 0);
}

}  // namespace

tl::expected<MixMessage, WireError> parse_mix(std::span<const uint8_t> bytes) {
  const auto header = parse_header(bytes, kMixType, false, kSoloBucket);
  if (!header) return tl::unexpected(header.error());
  MixMessage message{header->bucket, header->count, header->song, header->position, {}};
  const bool clicks = (header->flags & kWithMetronome) != 0;
  const bool with_part = (header->flags & kWithPart) != 0;
  const size_t header_bytes = block_header_bytes(clicks, with_part);
  size_t at = kHeaderBytes;
  for (int i = 0; i < message.count; ++i) {
    if (bytes.size() - at < header_bytes) return tl::unexpected(WireError::kTooShort);
    MixBlock& block = message.blocks[i];
    block.people = load<uint16_t>(&bytes[at]);
    const size_t mix_length = load<uint16_t>(&bytes[at + 2]);
    const size_t backing_length = load<uint16_t>(&bytes[at + 4]);
    const size_t metronome_length = clicks ? load<uint16_t>(&bytes[at + kMixBlockHeaderBytes]) : 0;
    const size_t part_length = with_part ? load<uint16_t>(&bytes[at + header_bytes - kPartLengthBytes]) : 0;
    at += header_bytes;
    if (std::max({mix_length, backing_length, metronome_length, part_length}) > kMaxVoicePacketBytes)
      return tl::unexpected(WireError::kBadLength);
    if (bytes.size() - at < mix_length + backing_length + metronome_length + part_length)
      return tl::unexpected(WireError::kTooShort);
    block.mix = bytes.subspan(at, mix_length);
    block.backing = bytes.subspan(at + mix_length, backing_length);
    block.metronome = bytes.subspan(at + mix_length + backing_length, metronome_length);
    at += mix_length + backing_length + metronome_length;
    block.part = bytes.subspan(at, part_length);
    at += part_length;
  }
  if (at != bytes.size()) return tl::unexpected(WireError::kTrailing);
  return message;
}

size_t build_mix(const MixMessage& message, std::span<uint8_t> out) {
  assert(message.count >= 1 && message.count <= kMaxBlocksPerMessage && out.size() >= kMaxMixMessageBytes);
  const std::span blocks = std::span(message.blocks).first(message.count);
  const bool clicks = std::any_of(blocks.begin(), blocks.end(), [](const MixBlock& block) { return !block.metronome.empty(); });
  const bool with_part = std::any_of(blocks.begin(), blocks.end(), [](const MixBlock& block) { return !block.part.empty(); });
  const auto flags = static_cast<uint8_t>((clicks ? kWithMetronome : 0) | (with_part ? kWithPart : 0));
  store_header(out.data(), kMixType, {message.bucket, message.count, message.song, message.position, flags});
  size_t at = kHeaderBytes;
  for (const MixBlock& block : blocks) {
    assert(block.metronome.size() <= kMaxVoicePacketBytes && block.part.size() <= kMaxVoicePacketBytes);
    assert(block.mix.size() <= kMaxVoicePacketBytes && block.backing.size() <= kMaxVoicePacketBytes);
    store(&out[at], block.people);
    store(&out[at + 2], static_cast<uint16_t>(block.mix.size()));
    store(&out[at + 4], static_cast<uint16_t>(block.backing.size()));
    if (clicks) store(&out[at + kMixBlockHeaderBytes], static_cast<uint16_t>(block.metronome.size()));
    at += block_header_bytes(clicks, with_part);
    if (with_part) store(&out[at - kPartLengthBytes], static_cast<uint16_t>(block.part.size()));
    for (const auto packet : {block.mix, block.backing, block.metronome, block.part}) {
      if (!packet.empty()) std::memcpy(&out[at], packet.data(), packet.size());
      at += packet.size();
    }
  }
  return at;
}

}  // namespace roundelay::wire
