// Everything of a recording as one ZIP, to take home: a WAV of each track, all equally long and beginning with the song, so that
// they lie aligned in any audio program; a session that opens in Reaper; the tracks as they came; the mix. For the worker:
// blocks, allocates, with bounded memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay::render {

struct PackedTrack {
  std::string name;  // of the person, or what it is
  std::string part = {};
  int number = 0;  // of a singer's track, each once; 0: of no singer, its WAV is stereo
  int fd = -1;     // an Ogg Opus file that render_recording() wrote
  double gain_db = 0;
  bool muted = false;  // in the session
};

struct Pack {
  std::string name;  // of the folder in the ZIP
  int64_t unix_s = 0;
  int64_t blocks = 0;  // of each WAV
  std::vector<PackedTrack> tracks = {};
  int mix = -1;  // a FLAC file
};

// `fd`: an empty file, to read and write. The error is a sentence, or the system's word.
[[nodiscard]] tl::expected<void, std::string> write_pack(const Pack& pack, int fd, const std::function<void(double)>& progress);

// "01 Ada (Alto)": how the files of a track are called, without their ending. The number makes it unique.
[[nodiscard]] std::string file_name_of(const PackedTrack& track, size_t tracks);

// About so many bytes, for who is to decide: `singers` tracks and `beside` ones of `seconds`.
[[nodiscard]] int64_t packed_bytes(double seconds, size_t singers, size_t beside);

}  // namespace roundelay::render
