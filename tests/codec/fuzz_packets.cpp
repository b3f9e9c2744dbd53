// A row of packets, each led by its length in two bytes (little-endian), through a mono and a stereo decoder: whatever they are,
// only sane samples come out.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/opus.h"

using roundelay::BlockDecoder;
using roundelay::kOpusBlock;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::span<const uint8_t> rest(data, size);
  BlockDecoder mono(1);
  BlockDecoder stereo(2);
  std::array<float, 2 * kOpusBlock> out;
  for (int packets = 0; rest.size() >= 2 && packets < 64; ++packets) {
    const size_t len = std::min<size_t>(rest[0] | static_cast<size_t>(rest[1]) << 8, rest.size() - 2);
    const auto packet = rest.subspan(2, len);
    rest = rest.subspan(2 + len);
    const bool block = roundelay::is_block_packet(packet);
    for (BlockDecoder* decoder : {&mono, &stereo}) {
      const auto samples = std::span(out).first(static_cast<size_t>(kOpusBlock * decoder->channels()));
      const bool decoded = decoder->decode(packet, samples);
      if (decoded && !block && !packet.empty()) std::abort();
      for (const float x : samples) {
        if (!(std::fabs(x) <= BlockDecoder::kSaneAmplitude)) std::abort();
        if (!decoded && x != 0.0F) std::abort();
      }
    }
  }
  return 0;
}
