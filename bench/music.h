// Something like music, and its packets: seeded, always the same.
#pragma once

#include <cstdint>
#include <vector>

namespace roundelay::bench {

inline constexpr int kMusicBlocks = 100;  // 2 s
inline constexpr unsigned kVoices = 8;    // distinct ones

using Packets = std::vector<std::vector<uint8_t>>;

// Voice 0 to kVoices - 1: notes of a quarter of a second with twelve falling partials, vibrato, and a little breath. Mono.
const std::vector<float>& music(unsigned voice);
// Its packets, one a block, made once for each bitrate.
const Packets& packets_of(unsigned voice, int bitrate);
double mean_bytes(const Packets& packets);

// How much louder `wanted` is than what `packets` decode to differs from it, in dB; the first blocks do not count.
double signal_to_noise_db(const std::vector<float>& wanted, const Packets& packets, int channels);

}  // namespace roundelay::bench
