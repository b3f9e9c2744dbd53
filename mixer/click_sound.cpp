#include "mixer/click_sound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace roundelay {
namespace {

constexpr double kPlainHz = 1'175, kAccentHz = 1'760;
constexpr double kPlainLevel = 0.3, kAccentLevel = 0.5;
constexpr double kDecaySamples = 200;  // to a level of 1/e
constexpr int kEndSamples = 240;       // over which the rest dies away

using Sound = std::array<float, kClickSamples>;

Sound make(double hz, double level) {
  Sound sound{};
  for (int i = 0; i < kClickSamples; ++i) {
    const double end = std::min(1.0, static_cast<double>(kClickSamples - 1 - i) / kEndSamples);
    const double phase = 2 * std::numbers::pi * hz * (i + 1) / kSampleRate;
    sound[static_cast<size_t>(i)] = static_cast<float>(level * std::exp(-i / kDecaySamples) * end * std::sin(phase));
  }
  return sound;
}

}  // namespace

std::span<const float, kClickSamples> click_sound(bool accent) {
  static const Sound kPlain = make(kPlainHz, kPlainLevel);
  static const Sound kAccent = make(kAccentHz, kAccentLevel);
  return accent ? kAccent : kPlain;
}

}  // namespace roundelay
