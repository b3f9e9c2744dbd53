#include "server/shard/click_packets.h"

#include <algorithm>
#include <cassert>

#include "mixer/click_sound.h"

namespace roundelay {
namespace {

constexpr EncoderSettings kEncoder{.channels = 1, .bitrate = 96'000, .complexity = 5, .low_delay = true};

}  // namespace

ClickPackets::ClickPackets() : encoder_(kEncoder), packets_(std::make_unique_for_overwrite<Packets[]>(kClicks)) {}

std::span<const uint8_t> ClickPackets::packet(int offset, bool accent, int index) {
  assert(offset >= 0 && offset < kBlockSamples && index >= 0 && index < kBlocks);
  const size_t click = static_cast<size_t>(offset) * 2 + (accent ? 1 : 0);
  Packets& packets = packets_[click];
  if (!made_[click]) {
    make(offset, accent, packets);
    made_[click] = true;
  }
  return {packets.bytes[index], packets.len_bytes[index]};
}

void ClickPackets::make(int offset, bool accent, Packets& into) {
  // The encoder hears everything so much earlier that its delay makes up for it.
  float sound[kBlocks * kBlockSamples] = {};
  const auto click = click_sound(accent);
  std::copy(click.begin(), click.end(), sound + kBlockSamples + offset - kLowDelaySamples);
  encoder_.reset();
  for (int i = 0; i < kBlocks; ++i) {
    const int length = encoder_.encode({sound + i * kBlockSamples, kBlockSamples}, into.bytes[i]);
    into.len_bytes[i] = static_cast<uint16_t>(std::max(length, 0));
  }
}

}  // namespace roundelay
