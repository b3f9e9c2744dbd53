// Sounds, files in memory and tracks for the tests: made here, so that no test needs a tool or a file.
#pragma once

#include <sndfile.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "codec/track.h"

namespace roundelay::test {

// A regular file without a name, closed and gone with this object.
class MemoryFile {
 public:
  explicit MemoryFile(std::span<const uint8_t> content = {});
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] std::vector<uint8_t> content() const;

 private:
  int fd_;
};

inline constexpr int kWav = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
inline constexpr int kFloatWav = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
inline constexpr int kFlac = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
inline constexpr int kVorbis = SF_FORMAT_OGG | SF_FORMAT_VORBIS;
inline constexpr int kOpus = SF_FORMAT_OGG | SF_FORMAT_OPUS;
inline constexpr int kMp3 = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;

// The bytes of a sound file with these interleaved samples.
[[nodiscard]] std::vector<uint8_t> sound_file(int format, int rate, int channels, std::span<const float> interleaved);

// A sound as a function of the time in seconds and of the channel.
using Voice = std::function<float(double, int)>;
[[nodiscard]] std::vector<float> sample(const Voice& voice, int rate, int channels, double seconds);
// Three gliding tones, all below 3 kHz: aligned with itself at one lag only. Channels differ.
[[nodiscard]] float glide(double t, int channel);
// Pulses of 1 ms (raised cosine) around the seconds 1, 2, 3, ...
[[nodiscard]] float pulses(double t, int channel);

struct Made {
  tl::expected<TrackInfo, SoundFault> info;
  std::vector<uint8_t> blob;
  std::vector<double> progress;
};
[[nodiscard]] Made make(std::span<const uint8_t> file, const TrackLimits& limits = {});

// All the track's samples, by one fresh decoder fed from the first packet on; the padding is cut off.
[[nodiscard]] std::vector<float> decode_track(const TrackView& track);

// One channel of interleaved samples.
[[nodiscard]] std::vector<float> channel_of(std::span<const float> interleaved, int channels, int channel);

struct Alignment {
  int lag = 0;             // samples by which `heard` is late
  double correlation = 0;  // at that lag, 1 for equal shapes
};
// The best lag within +-max_lag.
[[nodiscard]] Alignment align(std::span<const float> wanted, std::span<const float> heard, int max_lag);

}  // namespace roundelay::test
