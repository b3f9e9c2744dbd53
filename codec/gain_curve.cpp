#include "codec/gain_curve.h"

#include <algorithm>

namespace roundelay {
namespace {

constexpr size_t kReach = 4;            // hops: the curve is level for so long about a peak, and falls over twice as long
constexpr float kRelease = 1 / 150.0F;  // of what is missing, per hop: time constant 0.3 s

}  // namespace

std::vector<float> limiting_curve(std::span<const float> peaks, float gain, float ceiling) {
  const size_t hops = peaks.size();
  std::vector<float> need(hops, gain);
  bool limited = false;
  for (size_t i = 0; i < hops; ++i) {
    if (peaks[i] * gain <= ceiling) continue;
    need[i] = ceiling / peaks[i];
    limited = true;
  }
  if (!limited) return need;
  // The least that is needed nearby: one hop further than the mean below reaches, so that a point's neighbours are low enough
  // too.
  std::vector<float> least(hops);
  for (size_t i = 0; i < hops; ++i) {
    const size_t from = i >= kReach + 1 ? i - kReach - 1 : 0;
    const size_t to = std::min(hops, i + kReach + 2);
    least[i] =
        *std::min_element(need.begin() + static_cast<std::ptrdiff_t>(from), need.begin() + static_cast<std::ptrdiff_t>(to));
  }
  for (size_t i = 1; i < hops; ++i) least[i] = std::min(least[i], least[i - 1] + (gain - least[i - 1]) * kRelease);
  for (size_t i = 0; i < hops; ++i) {
    double sum = 0;
    for (size_t k = 0; k <= 2 * kReach; ++k) sum += least[std::min(hops - 1, i + k >= kReach ? i + k - kReach : 0)];
    need[i] = static_cast<float>(sum / (2 * kReach + 1));
  }
  return need;
}

void apply_curve(std::span<float> interleaved, int channels, size_t frame, std::span<const float> curve) {
  if (curve.empty()) return;
  const size_t last = curve.size() - 1;
  const size_t frames = interleaved.size() / static_cast<size_t>(channels);
  float* sample = interleaved.data();
  for (size_t i = 0; i < frames; ++i) {
    const size_t at = frame + i + kCurveHop / 2;  // from the middle of the hop before the first
    const size_t hop = at / kCurveHop;
    const float from = curve[std::min(last, hop > 0 ? hop - 1 : 0)];
    const float to = curve[std::min(last, hop)];
    const float factor = from + (to - from) * static_cast<float>(at % kCurveHop) / kCurveHop;
    for (int c = 0; c < channels; ++c) *sample++ *= factor;
  }
}

}  // namespace roundelay
