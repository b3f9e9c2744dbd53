// Writes the packets of bench/music.h to standard output, for load that is not made in C++: voice after voice, each packet with
// its length before it (two bytes, the high one first). Each voice has kMusicBlocks packets.
#include <cstdio>

#include "bench/music.h"

int main() {
  constexpr int kBitrate = 64'000;  // as `roundelay load`
  for (unsigned voice = 0; voice < roundelay::bench::kVoices; ++voice) {
    for (const auto& packet : roundelay::bench::packets_of(voice, kBitrate)) {
      std::putchar(static_cast<int>(packet.size() >> 8U));
      std::putchar(static_cast<int>(packet.size() & 0xFFU));
      if (std::fwrite(packet.data(), 1, packet.size(), stdout) != packet.size()) return 1;
    }
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
