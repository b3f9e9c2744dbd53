// Where beats lie, in whole samples. The tempo is a whole number of tenths of a beat a minute, so each beat is exact: nothing
// adds up over a song. Plain values: any process, safe in the tick.
#pragma once

#include <cstdint>

#include "mixer/position.h"

namespace roundelay {

class Tempo {
 public:
  // `bpm_tenths` > 0.
  explicit constexpr Tempo(uint32_t bpm_tenths) : bpm_tenths_(bpm_tenths) {}

  // How far beat k lies behind beat 0, to the nearest sample; k may be negative. |k| < 10^11.
  [[nodiscard]] constexpr int64_t samples_to(int64_t beat) const {
    return floor_of(2 * beat * kTenthsOfBpmSamples + bpm_tenths_, 2 * bpm_tenths_);
  }
  // The first beat at this distance from beat 0, or behind it.
  [[nodiscard]] constexpr int64_t first_beat_from(int64_t samples) const {
    int64_t beat = floor_of(samples * bpm_tenths_, kTenthsOfBpmSamples);
    while (samples_to(beat) < samples) ++beat;
    return beat;
  }

 private:
  static constexpr int64_t kTenthsOfBpmSamples = int64_t{60} * kSampleRate * 10;

  static constexpr int64_t floor_of(int64_t a, int64_t b) {  // b > 0
    const int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
  }

  int64_t bpm_tenths_;
};

}  // namespace roundelay
