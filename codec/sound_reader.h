// Reads an upload piece by piece as mono or stereo floats at 48 kHz: all that is in it, however many files were joined
// (sound_parts.h), decoded by FFmpeg's libraries (part_decoder.h). Memory does not grow with the file's length. Blocks and
// allocates: for workers, tools and tests, not for a shard's loop.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "codec/part_decoder.h"
#include "codec/rate_converter.h"
#include "codec/sound_parts.h"

namespace roundelay {

class SoundReader {
 public:
  // `fd` is seekable and stays the caller's, who keeps it open as long as the reader lives. Its offset is neither used nor moved.
  [[nodiscard]] static tl::expected<std::unique_ptr<SoundReader>, SoundFault> open(int fd);
  SoundReader(const SoundReader&) = delete;
  SoundReader& operator=(const SoundReader&) = delete;

  // Appends the next piece to `out`, interleaved. False at the end of the sound.
  // More than two channels are mixed down to two; NaN and infinities become silence.
  [[nodiscard]] tl::expected<bool, SoundFault> read(std::vector<float>& out);

  [[nodiscard]] int channels() const { return static_cast<int>(width_); }
  [[nodiscard]] int source_rate() const { return source_rate_; }       // of the first part
  [[nodiscard]] const std::string& format() const { return format_; }  // of the first part, as in TrackInfo
  // What the file says of its own length, if it does, and how far it was read.
  [[nodiscard]] std::optional<double> stated_seconds() const { return stated_seconds_; }
  [[nodiscard]] double seconds_read() const { return seconds_before_ + (decoder_ ? decoder_->seconds_read() : 0); }
  // The share of the work that is done, 0 to 1; it does not fall.
  [[nodiscard]] double share_read();

 private:
  SoundReader(int fd, int64_t size) : fd_(fd), size_(size), budget_(size) {}
  tl::expected<void, SoundFault> look_at_parts();
  tl::expected<void, SoundFault> begin_part();
  void end_part(std::vector<float>& out);
  void finish_piece(std::vector<float>& out);

  int fd_;
  int64_t size_;
  WorkBudget budget_;
  std::vector<SoundPart> parts_;
  size_t part_ = 0;  // the one that is read
  std::unique_ptr<PartDecoder> decoder_;
  size_t width_ = 1;
  int source_rate_ = 0;
  std::string format_;
  std::optional<double> stated_seconds_ = 0;
  double seconds_before_ = 0;  // of the parts before
  double share_ = 0;
  SoundPiece piece_;
  int64_t silence_left_ = 0;  // frames of the piece's silence that are still to come
  std::vector<float> mixed_;  // mono or stereo, at the piece's rate
  std::optional<RateConverter> converter_;
  int converter_rate_ = 0;
};

}  // namespace roundelay
