// A whole sound file as one Ogg Opus file for slow lines: decoded (sound_reader.h), at 48 kHz, mono or stereo as it is. A player
// gets as many samples as the source has, each in its place, so that songs that belong together go on without a gap. The same
// file makes the same bytes. Memory does not grow with the length. Blocks and allocates: for workers, tools and tests.
#pragma once

#include <cstdint>
#include <functional>

#include <tl/expected.hpp>

#include "codec/opus_headers.h"
#include "codec/sound_fault.h"

namespace roundelay {

struct OpusSongSettings {
  int kbits = 96;  // of stereo, on average; mono takes two thirds of it
  double max_seconds = 4 * 3600;
  OpusTags tags = {};
};

struct OpusSongInfo {
  int64_t samples = 0;  // a channel's, at 48 kHz
  int channels = 0;
};

// Reads from `in_fd` (seekable), writes to `out_fd` (empty). `progress` gets 0 to 1 now and then.
[[nodiscard]] tl::expected<OpusSongInfo, SoundFault> make_opus_song(int in_fd, int out_fd, const OpusSongSettings& settings,
                                                                    const std::function<void(double)>& progress);

}  // namespace roundelay
