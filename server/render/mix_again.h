// A new mix of a recording's tracks, as somebody wants it: each with a gain and a place between left and right, and the backing.
// For the worker: blocks, allocates, with bounded memory.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay::render {

struct MixedTrack {
  int fd = -1;         // an Ogg Opus file that render_recording() wrote
  double gain_db = 0;  // 0: as it is in the file
  double balance = 0;  // -1: left, to 1: right; in the middle a voice has its full level on both sides
};

struct MixAgainFiles {
  int flac = -1;  // empty, to read and write
  int opus = -1;
  int scratch = -1;
};

// As long as the longest track. Brought to the loudness and peaks of every mix. The error is a sentence, or the system's word.
[[nodiscard]] tl::expected<void, std::string> mix_again(const std::vector<MixedTrack>& tracks, const MixAgainFiles& files,
                                                        const std::function<void(double)>& progress);

}  // namespace roundelay::render
