// What several tests measure with.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "server/singer/voice_stream.h"

namespace roundelay {

// Samples as a source; silence outside.
class VectorVoice : public VoiceSource {
 public:
  explicit VectorVoice(std::vector<float> voice) : samples(std::move(voice)) {}
  void read(int64_t song_sample, std::span<float> out) override {
    for (size_t i = 0; i < out.size(); ++i) {
      const int64_t index = song_sample + static_cast<int64_t>(i);
      out[i] = index >= 0 && index < static_cast<int64_t>(samples.size()) ? samples[static_cast<size_t>(index)] : 0.0F;
    }
  }
  std::vector<float> samples;
};

// Signal to noise ratio of `got` against `wanted`, dB.
inline double snr_db(std::span<const float> wanted, std::span<const float> got) {
  double signal = 0;
  double noise = 1e-20;
  for (size_t i = 0; i < wanted.size(); ++i) {
    signal += static_cast<double>(wanted[i]) * wanted[i];
    noise += std::pow(static_cast<double>(got[i]) - wanted[i], 2);
  }
  return 10 * std::log10(signal / noise);
}

// Height of a sinusoid at `hz` in `samples` (48 kHz), under a Hann window.
inline double height_at(std::span<const float> samples, double hz) {
  std::complex<double> sum = 0;
  const auto n = static_cast<double>(samples.size());
  for (size_t i = 0; i < samples.size(); ++i) {
    const auto t = static_cast<double>(i);
    const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * t / n);
    sum += window * static_cast<double>(samples[i]) * std::polar(1.0, -2 * std::numbers::pi * hz * t / 48'000);
  }
  return 4 * std::abs(sum) / n;
}

inline size_t loudest_sample(std::span<const float> samples) {
  return static_cast<size_t>(
      std::max_element(samples.begin(), samples.end(), [](float a, float b) { return std::abs(a) < std::abs(b); }) -
      samples.begin());
}

}  // namespace roundelay
