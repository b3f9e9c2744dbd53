// What counts as a step, and how much a gain moves at the rate of voices. For tests of how it sounds when things change.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <span>

namespace roundelay::test_parts {

// A step is how far a sample lies off the straight line through the two before it: the second difference. A jump by h counts h, a
// corner of a gain counts the change of its slope per sample times the signal. Of a smooth signal it is small: a 50 Hz sine at
// half scale has 2.1e-5 (-93 dBFS), so what is found above that was made by a gain. A straight fade over a block has 1e-3 (-60
// dBFS).
inline constexpr double kProbeHz = 50;
inline constexpr double kStepLimit = 1e-4;  // -80 dBFS

inline double largest_step(std::span<const float> samples) {
  double largest = 0;
  for (size_t i = 2; i < samples.size(); ++i) {
    const double step = static_cast<double>(samples[i]) - 2.0 * samples[i - 1] + samples[i - 2];
    largest = std::max(largest, std::abs(step));
  }
  return largest;
}

// The same of the gain alone, where the input is itself no smooth signal: the second difference of out / in, times the input.
// The input has no zeros.
inline double largest_gain_step(std::span<const float> in, std::span<const float> out) {
  const auto gain = [&](size_t i) { return static_cast<double>(out[i]) / in[i]; };
  double largest = 0;
  for (size_t i = 2; i < in.size(); ++i) {
    const double size = std::max({std::abs(in[i]), std::abs(in[i - 1]), std::abs(in[i - 2])});
    largest = std::max(largest, size * std::abs(gain(i) - 2 * gain(i - 1) + gain(i - 2)));
  }
  return largest;
}

// How much of a series of gains (one a block, 50 a second) moves between 2 and 20 Hz, where syllables, tremolo and roughness are
// and where a moving level is heard as pumping: the root mean square in dB, by a Fourier transform under a Hann window.
inline double pumping_db(std::span<const float> gains) {
  using std::numbers::pi;
  const auto count = static_cast<double>(gains.size());
  double mean = 0;
  for (const float gain : gains) mean += 20 * std::log10(gain) / count;
  double window_power = 0;
  for (size_t k = 0; k < gains.size(); ++k) window_power += std::pow(std::sin(pi * static_cast<double>(k) / count), 4);
  double power = 0;
  for (int bin = static_cast<int>(2 * count / 50); bin <= static_cast<int>(20 * count / 50); ++bin) {
    std::complex<double> sum;
    for (size_t k = 0; k < gains.size(); ++k) {
      const double window = std::pow(std::sin(pi * static_cast<double>(k) / count), 2);
      sum += window * (20 * std::log10(gains[k]) - mean) * std::polar(1.0, -2 * pi * bin * static_cast<double>(k) / count);
    }
    power += 2 * std::norm(sum);
  }
  return std::sqrt(power / (count * window_power));
}

}  // namespace roundelay::test_parts
