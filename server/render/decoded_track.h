// A recording's track as sound: its blocks from the song's start on, decoded one after the other. For the worker: blocks,
// allocates, with bounded memory.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "codec/opus.h"
#include "codec/opus_file_reader.h"

namespace roundelay::render {

class DecodedTrack {
 public:
  // `fd`: an Ogg Opus file that render_recording() wrote, to read. `channels`: 1, 2, or 0 for those of the file.
  explicit DecodedTrack(int fd, int channels = 0);

  [[nodiscard]] bool is_file() const { return file_ != nullptr; }
  [[nodiscard]] int channels() const { return channels_; }
  // The next block, interleaved, valid until the next call; empty at the end. Silence, where it cannot be decoded.
  [[nodiscard]] std::span<const float> next();

 private:
  std::unique_ptr<OpusFileReader> file_;
  int channels_ = 1;
  std::unique_ptr<BlockDecoder> decoder_;
  std::vector<float> block_;
};

}  // namespace roundelay::render
