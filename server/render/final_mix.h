// Brings a mix to its loudness and writes it: first the sound is taken, measured and kept in a file without a name, then it is
// written as often as is needed, with one gain for the whole, true peaks limited. Memory grows with 2 kB a second.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "codec/loudness.h"

namespace roundelay::render {

inline constexpr double kMixLufs = -16;
inline constexpr double kMostTruePeakDb = -1;

class FinalMix {
 public:
  // `scratch`: an empty file to read and write, the caller's.
  explicit FinalMix(int scratch) : scratch_(scratch) {}

  // Stereo, a block or more, whole hops of kCurveHop frames. The error is the system's word for it.
  [[nodiscard]] tl::expected<void, std::string> add(std::span<const float> stereo);

  struct Result {
    std::optional<double> loudness;  // LUFS, integrated; nothing of silence
    double true_peak_db = -120;      // of the louder of both files
    std::vector<float> waveform;     // the largest sample of each of kWaveformParts parts of the length, 0 to 1
  };
  static constexpr size_t kWaveformParts = 1'000;
  struct Files {
    int flac = -1;  // empty, to read and write
    int opus = -1;
    std::vector<std::pair<std::string, std::string>> tags;
  };
  using Progress = std::function<void(double)>;
  // Of the first `frames` of what was added.
  [[nodiscard]] tl::expected<Result, std::string> write(const Files& files, int64_t frames, const Progress& progress);

 private:
  using Piece = std::function<tl::expected<void, std::string>(std::span<const float>)>;
  tl::expected<void, std::string> keep();
  // Every block, multiplied with the curve.
  tl::expected<void, std::string> play(std::span<const float> curve, const Piece& piece) const;
  // The gain at which the limited mix has the wanted loudness.
  tl::expected<float, std::string> fit(float ceiling) const;
  // Of the whole, multiplied with the curve: at most that.
  [[nodiscard]] double true_peak_under(std::span<const float> curve) const;
  tl::expected<Result, std::string> write_flac(const Files& files, int64_t frames) const;
  // Lossy: what is decoded again may peak higher. The true peak of it.
  tl::expected<double, std::string> write_opus(const Files& files, int64_t frames, float ceiling) const;

  int scratch_;
  std::vector<float> unwritten_;
  int64_t frames_ = 0;
  LoudnessMeter meter_{2, true};
  std::vector<float> peaks_;
};

}  // namespace roundelay::render
