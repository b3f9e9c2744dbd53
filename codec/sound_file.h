// Whole sound files for tools and tests: reads whatever an upload may be (sound_reader.h) as mono or stereo floats at 48 kHz,
// writes WAV. Blocks and allocates: not for a shard's loop.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

struct Sound {
  int channels = 1;
  std::vector<float> samples;  // interleaved, 48 kHz
  [[nodiscard]] size_t frames() const { return samples.size() / static_cast<size_t>(channels); }
};

// Resampled to 48 kHz if need be (a 48 kHz file comes out bit-exact). The error names the file and the reason.
[[nodiscard]] tl::expected<Sound, std::string> read_sound(const std::string& path);
// The mean of the channels.
[[nodiscard]] std::vector<float> to_mono(const Sound& sound);
// 32-bit float WAV at 48 kHz.
[[nodiscard]] tl::expected<void, std::string> write_wav(const std::string& path, std::span<const float> interleaved,
                                                        int channels);

}  // namespace roundelay
