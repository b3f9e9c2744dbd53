// Reads a sound file piece by piece as mono or stereo floats at 48 kHz: libsndfile for the formats, soxr for the rate.
// Memory does not grow with the file's length. Blocks and allocates: for workers, tools and tests, not for a shard's loop.
// Errors are sentences for the singer whose file it is.
#pragma once

#include <sndfile.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "codec/file_kind.h"

struct soxr;

namespace roundelay {

class SoundReader {
 public:
  // `fd` is seekable and stays the caller's, who keeps it open as long as the reader lives. Its offset is neither used nor moved.
  [[nodiscard]] static tl::expected<std::unique_ptr<SoundReader>, std::string> open(int fd);
  ~SoundReader();
  SoundReader(const SoundReader&) = delete;
  SoundReader& operator=(const SoundReader&) = delete;

  // Appends the next piece to `out`, interleaved. False at the end of the sound.
  // More than two channels are mixed down to two; NaN and infinities become silence.
  [[nodiscard]] tl::expected<bool, std::string> read(std::vector<float>& out);

  [[nodiscard]] int channels() const { return source_.channels == 1 ? 1 : 2; }
  [[nodiscard]] int source_rate() const { return source_.samplerate; }
  [[nodiscard]] const std::string& format() const { return format_; }  // as in TrackInfo
  // What the file says of its own length, if it does, and how far it was read.
  [[nodiscard]] std::optional<double> stated_seconds() const;
  [[nodiscard]] double seconds_read() const { return static_cast<double>(frames_read_) / source_.samplerate; }
  // The share of the file's bytes that is consumed, 0 to 1.
  [[nodiscard]] double share_read() const;

 private:
  explicit SoundReader(int fd) : fd_(fd) {}
  tl::expected<void, std::string> open_source();
  tl::expected<void, std::string> check_source();
  tl::expected<int64_t, std::string> read_source();
  tl::expected<void, std::string> check_end() const;
  tl::expected<void, std::string> resample(const float* in, size_t frames, std::vector<float>& out);
  [[nodiscard]] bool length_is_stated() const;
  [[nodiscard]] int64_t given_length() const;
  [[nodiscard]] SF_VIRTUAL_IO file_callbacks() const;

  int fd_;
  int64_t begin_ = 0;          // of the sound, behind an ID3 tag
  bool pretend_long_ = false;  // to libsndfile, see the source
  int64_t size_ = 0;           // of the file
  int64_t offset_ = 0;         // libsndfile's, from begin_
  FileKind kind_ = FileKind::kUnknown;
  SF_INFO source_{};
  SNDFILE* file_ = nullptr;
  soxr* resampler_ = nullptr;  // only if the source is not at 48 kHz
  std::string format_;
  std::vector<float> piece_;  // as libsndfile gave it
  std::vector<float> mixed_;  // mono or stereo
  int64_t frames_read_ = 0;   // at the source's rate
  bool ended_ = false;
};

}  // namespace roundelay
