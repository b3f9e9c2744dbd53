// Decodes one sound file (a part of an upload, sound_parts.h) by FFmpeg's libraries, as interleaved floats at its own rate: one
// thread, no file but the given descriptor, no network, only kinds of sound that are known to be of use. What an encoder put
// before and behind the sound is cut off, so that each sample is where it was in the original; where the file's clock leaves a
// gap, there is silence. Blocks and allocates: for workers, tools and tests.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "codec/downmix.h"
#include "codec/sound_parts.h"

namespace roundelay {

// Files may state a frame or so more than they hold.
inline constexpr double kStatedSlackSeconds = 0.1;

// What decoding one upload may cost, whatever its bytes want.
class WorkBudget {
 public:
  explicit WorkBudget(int64_t file_bytes);
  // The sound decoded so far, which may cost something.
  void add_seconds(double seconds) { seconds_ += seconds; }
  [[nodiscard]] bool exceeded() const;

 private:
  double allowed_cpu_s_;
  double begun_cpu_s_;
  double seconds_ = 0;
};

// Samples of one rate and one set of channels.
struct SoundPiece {
  int rate = 0;
  std::vector<Speaker> speakers;  // one for each channel
  std::vector<float> samples;     // interleaved
  int64_t silent_frames = 0;      // before them
};

class PartDecoder {
 public:
  // `part` and `budget` outlive it.
  [[nodiscard]] static tl::expected<std::unique_ptr<PartDecoder>, SoundFault> open(int fd, const SoundPart& part,
                                                                                   WorkBudget& budget);
  ~PartDecoder();
  PartDecoder(const PartDecoder&) = delete;
  PartDecoder& operator=(const PartDecoder&) = delete;

  [[nodiscard]] int channels() const;
  [[nodiscard]] int rate() const;
  [[nodiscard]] const std::string& format() const { return format_; }  // as in TrackInfo
  // What the file says of its own length, if it does.
  [[nodiscard]] std::optional<double> stated_seconds() const;
  [[nodiscard]] double seconds_read() const { return seconds_read_; }
  // How far into the upload bytes were read.
  [[nodiscard]] int64_t offset() const;

  // The next piece; false at the end of the sound.
  [[nodiscard]] tl::expected<bool, SoundFault> read(SoundPiece& piece);

 private:
  struct Ffmpeg;
  PartDecoder(const SoundPart& part, WorkBudget& budget);
  tl::expected<void, SoundFault> open_container(int fd);
  tl::expected<void, SoundFault> open_codec();
  tl::expected<bool, SoundFault> feed();
  tl::expected<void, SoundFault> take(SoundPiece& piece);
  void cut_padding(SoundPiece& piece);
  tl::expected<void, SoundFault> check_end() const;
  [[nodiscard]] SoundFault damaged() const;

  const SoundPart& part_;
  WorkBudget& budget_;
  std::unique_ptr<Ffmpeg> ffmpeg_;
  std::string format_;
  double seconds_read_ = 0;
  int64_t next_pts_ = INT64_MIN;  // of the frame that should follow, in samples
  int64_t frames_read_ = 0;
  int errors_ = 0;
  std::vector<float> held_back_;  // behind the end that an MP4 states
  bool draining_ = false;
};

}  // namespace roundelay
