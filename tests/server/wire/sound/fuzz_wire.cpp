// Both parsers of binary messages: what they accept, they write again to the byte.
#include <cstdlib>
#include <cstring>
#include <vector>

#include "server/wire/sound/mix_message.h"
#include "server/wire/sound/voice_message.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay::wire;
  const std::span<const uint8_t> bytes(data, size);
  if (const auto voice = parse_voice(bytes)) {
    std::vector<uint8_t> out(kMaxVoiceMessageBytes);
    if (build_voice(*voice, out) != size || std::memcmp(out.data(), data, size) != 0) std::abort();
  }
  if (const auto mix = parse_mix(bytes)) {
    std::vector<uint8_t> out(kMaxMixMessageBytes);
    const size_t length = build_mix(*mix, out);
    // A flag is not set where nothing clicks, or no part sounds.
    if ((data[1] & ~out[1] & (kWithMetronome | kWithPart)) != 0) return 0;
    out[1] = data[1];  // unknown flags are read over
    if (length != size || std::memcmp(out.data(), data, size) != 0) std::abort();
  }
  return 0;
}
