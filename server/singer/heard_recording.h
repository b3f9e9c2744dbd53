// What was heard of one song, sample i being position start + i, and the files made of it. One thread; allocates.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "mixer/position.h"

namespace roundelay {

class HeardRecording {
 public:
  static constexpr int64_t kMostSeconds = 2 * 3600;  // what comes later is not kept

  HeardRecording() = default;
  explicit HeardRecording(Position song_start) : start_(song_start) {}

  void add_mix(Position at, std::span<const float> mono);
  void add_backing(Position at, std::span<const float> stereo);  // interleaved
  void add_metronome(Position at, std::span<const float> mono);
  void add_part(Position at, std::span<const float> mono);
  void count_block(Position at);  // this block came

  // Samples (per channel) from the song's start on; what never came is silence. The song ends at `end` if that is known,
  // otherwise where the last block ended.
  [[nodiscard]] std::vector<float> mix(std::optional<Position> end) const;
  [[nodiscard]] std::vector<float> backing(std::optional<Position> end) const;  // interleaved stereo
  [[nodiscard]] std::vector<float> metronome(std::optional<Position> end) const;
  [[nodiscard]] std::vector<float> part(std::optional<Position> end) const;
  [[nodiscard]] std::vector<float> sum(std::optional<Position> end, float backing_factor, float metronome_factor,
                                       int channels) const;  // as a browser plays it

  struct Counts {
    int64_t blocks = 0;   // that came, of start to end
    int64_t before = 0;   // that were over when the first came
    int64_t missing = 0;  // that never came after it
  };
  [[nodiscard]] Counts counts(std::optional<Position> end) const;

 private:
  [[nodiscard]] size_t length(std::optional<Position> end) const;

  Position start_;
  std::vector<float> mix_;
  std::vector<float> backing_;
  std::vector<float> metronome_;
  std::vector<float> part_;
  std::vector<bool> came_;  // by block from the start
};

}  // namespace roundelay
