#include "mixer/timing_meter.h"

#include <algorithm>
#include <cmath>

#include "mixer/loudness_changes.h"

namespace roundelay {
namespace {

constexpr size_t kMargin = TimingMeter::kMostLagHops + 8;  // hops on both sides of the window; a whole number of blocks
static_assert(kMargin % kHopsPerBlock == 0);
constexpr size_t kHops = TimingMeter::kWindowBlocks * kHopsPerBlock;
constexpr size_t kAll = kHops + 2 * kMargin;

constexpr size_t kVoiceStep = 2;    // every second hop of the voice: changes over 40 ms are as well seen there
constexpr double kSmoothHops = 8;   // standard deviation: 40 ms, about what two singers' notes scatter by
constexpr int kPeakHalfHops = 17;   // what lies so near belongs to a peak
constexpr float kLeastSquares = 8;  // of the changes in a window: noise has 2 to 4, two notes 16 and more
constexpr int kLeastWindows = 6;
constexpr double kMostErrorMs = 6;
constexpr double kMostSecond = 0.6;
constexpr double kLeastClearness = 3;
constexpr double kLeastHeight = 0.08;
constexpr double kLeastAgree = 0.8;
constexpr double kMostSpikeShare = 0.11;
// Songs without a leak have up to 7, with one of -18 dB up to 10, of -12 dB and more mostly 12 to 40; long or short notes may
// hide it: then the page's own look for an open loudspeaker is what keeps the room from telling.
constexpr double kMostSpikeDeviations = 9;
constexpr size_t kSpikeHalfHops = 2;
constexpr int kBesideSpikeHops = 12;
constexpr double kMostLateMs = 200;
constexpr double kAgreeMs = 35;

using Curve = std::array<float, TimingMeter::kLags>;

constexpr int kSmoothReach = static_cast<int>(3 * kSmoothHops);
using Kernel = std::array<float, 2 * kSmoothReach + 1>;

Kernel make_kernel() {
  Kernel weights{};
  double sum = 0;
  for (int i = -kSmoothReach; i <= kSmoothReach; ++i) sum += std::exp(-0.5 * i * i / (kSmoothHops * kSmoothHops));
  for (int i = -kSmoothReach; i <= kSmoothReach; ++i)
    weights[static_cast<size_t>(i + kSmoothReach)] =
        static_cast<float>(std::exp(-0.5 * i * i / (kSmoothHops * kSmoothHops)) / sum);
  return weights;
}

// What lies beyond the ends is as high as they are.
Curve smoothed(const Curve& curve) {
  static const Kernel kKernel = make_kernel();
  std::array<float, TimingMeter::kLags + 2 * kSmoothReach> wide;
  std::fill_n(wide.begin(), kSmoothReach, curve.front());
  std::copy(curve.begin(), curve.end(), wide.begin() + kSmoothReach);
  std::fill_n(wide.end() - kSmoothReach, kSmoothReach, curve.back());
  Curve out{};
  for (size_t k = 0; k < kKernel.size(); ++k) {
    for (size_t i = 0; i < out.size(); ++i) out[i] += kKernel[k] * wide[i + k];
  }
  return out;
}

// In hops, by a parabola through the highest and its neighbours.
double peak_of_curve(const Curve& curve) {
  const size_t top = static_cast<size_t>(std::max_element(curve.begin() + 1, curve.end() - 1) - curve.begin());
  const double before = static_cast<double>(curve[top - 1]);
  const double here = static_cast<double>(curve[top]);
  const double after = static_cast<double>(curve[top + 1]);
  const double bend = before - 2 * here + after;
  const double off = bend < 0 ? std::clamp(0.5 * (before - after) / bend, -1.0, 1.0) : 0.0;
  return static_cast<double>(top) + off - TimingMeter::kMostLagHops;
}

// How far the curve's sharpest point stands out from what lies beside it: as a share of the highest, and in standard deviations
// of the same elsewhere; above 1 it is too far by one of them. People scatter; only a copy of the very sound, as an open
// loudspeaker leaves in a microphone, matches to the hop.
double spike_of_curve(const Curve& curve) {
  std::array<double, TimingMeter::kLags> sharpness{};
  for (size_t k = kSpikeHalfHops; k + kSpikeHalfHops < curve.size(); ++k)
    sharpness[k] = static_cast<double>(curve[k] - (curve[k - kSpikeHalfHops] + curve[k + kSpikeHalfHops]) / 2);
  const auto sharpest = std::max_element(sharpness.begin(), sharpness.end());
  double squares = 0;
  int others = 0;
  for (auto each = sharpness.begin() + kSpikeHalfHops; each != sharpness.end() - kSpikeHalfHops; ++each) {
    if (std::abs(each - sharpest) < kBesideSpikeHops) continue;
    squares += *each * *each;
    ++others;
  }
  const double share = *sharpest / std::max(static_cast<double>(*std::max_element(curve.begin(), curve.end())), 1e-9);
  return std::max(share / kMostSpikeShare, *sharpest / std::sqrt(std::max(squares / others, 1e-12)) / kMostSpikeDeviations);
}

}  // namespace

void TimingMeter::restart(Position song_start) {
  *this = {};
  next_ = song_start;
}

bool TimingMeter::take_window(const EnergyRing& voice, const EnergyRing& mix, Position until) {
  if (next_.samples == 0) return false;
  while (next_ + Blocks{kMostBehind} < until) next_ = next_ + Blocks{kWindowBlocks};
  if (next_ + Blocks{kWindowBlocks} > until) return false;
  const Position from = next_;
  next_ = next_ + Blocks{kWindowBlocks};

  std::array<HopEnergy, kAll> energies;
  std::array<float, kAll> scratch;
  std::array<float, kAll> sung;
  std::array<float, kAll> heard;
  const Position margin_from = from - Blocks{static_cast<int64_t>(kMargin) / kHopsPerBlock};
  voice.copy(margin_from, energies);
  loudness_changes(energies, sung, scratch);
  mix.copy(margin_from, energies);
  loudness_changes(energies, heard, scratch);

  float sung_squares = 0;
  for (size_t i = kMargin; i < kMargin + kHops; i += kVoiceStep) sung_squares += sung[i] * sung[i];
  float heard_sum = 0;
  for (const float x : heard) heard_sum += x;
  const float mean = heard_sum / static_cast<float>(kAll);
  float heard_squares = 0;
  for (float& x : heard) {
    x -= mean;
    heard_squares += x * x;
  }
  if (sung_squares * kVoiceStep < kLeastSquares || heard_squares < kLeastSquares) return true;
  Curve curve{};
  for (size_t i = kMargin; i < kMargin + kHops; i += kVoiceStep) {
    const float change = sung[i];
    const float* mirror = heard.data() + i - kMostLagHops;  // heard at the lag kMostLagHops - k
    for (size_t k = 0; k < kLags; ++k) curve[k] += change * mirror[k];
  }
  std::reverse(curve.begin(), curve.end());
  const float scale = 1 / std::sqrt(sung_squares * heard_squares / kVoiceStep);
  for (float& x : curve) x *= scale;
  add(curve);
  return true;
}

void TimingMeter::add(const Curve& curve) {
  if (used_ == 0 || parts_[used_ - 1].windows == windows_of_part_) {
    if (used_ == kParts) {
      for (size_t i = 0; i < kParts / 2; ++i) {
        Part both = parts_[2 * i];
        for (size_t k = 0; k < kLags; ++k) both.curve[k] += parts_[2 * i + 1].curve[k];
        both.windows += parts_[2 * i + 1].windows;
        parts_[i] = both;
      }
      used_ = kParts / 2;
      windows_of_part_ *= 2;
      std::fill(parts_.begin() + static_cast<ptrdiff_t>(used_), parts_.end(), Part{});
    }
    ++used_;
  }
  Part& part = parts_[used_ - 1];
  for (size_t k = 0; k < kLags; ++k) part.curve[k] += curve[k];
  ++part.windows;
}

TimingMeter::Judgement TimingMeter::judge() const {
  Judgement out;
  std::array<Curve, kParts> parts;
  Curve all{};
  Curve raw{};
  for (size_t p = 0; p < used_; ++p) {
    out.windows += parts_[p].windows;
    parts[p] = smoothed(parts_[p].curve);
    for (size_t k = 0; k < kLags; ++k) {
      all[k] += parts[p][k];
      raw[k] += parts_[p].curve[k];
    }
  }
  if (out.windows < kLeastWindows) return out;
  const double peak = peak_of_curve(all);
  const double top = static_cast<double>(*std::max_element(all.begin(), all.end()));
  out.late_ms = peak * kHopMs;
  out.height = top / out.windows;
  out.copied = spike_of_curve(raw);

  double second = 0;
  double mean = 0;
  double squares = 0;
  int others = 0;
  for (size_t k = 0; k < kLags; ++k) {
    if (std::abs(static_cast<double>(k) - kMostLagHops - peak) <= kPeakHalfHops) continue;
    const double height = static_cast<double>(all[k]);
    second = std::max(second, height);
    mean += height;
    squares += height * height;
    ++others;
  }
  mean /= others;
  out.second = second / std::max(top, 1e-9);
  out.clearness = (top - mean) / std::sqrt(std::max(squares / others - mean * mean, 1e-12));

  // Leaving out one part of the song after the other (the jackknife: Efron and Stein, "The Jackknife Estimate of Variance",
  // Annals of Statistics 9(3), 1981) tells how far the peak is to be trusted.
  const double n = static_cast<double>(used_);
  double sum = 0;
  double sum_squares = 0;
  int agree = 0;
  for (size_t p = 0; p < used_; ++p) {
    Curve rest = all;
    for (size_t k = 0; k < kLags; ++k) rest[k] -= parts[p][k];
    const double without = peak_of_curve(rest) * kHopMs - out.late_ms;
    sum += without;
    sum_squares += without * without;
    if (std::abs(peak_of_curve(parts[p]) * kHopMs - out.late_ms) < kAgreeMs) ++agree;
  }
  out.error_ms = std::sqrt(std::max((n - 1) / n * (sum_squares - sum * sum / n), 0.0));
  out.agree = agree / n;
  out.certain = out.error_ms <= kMostErrorMs && out.second <= kMostSecond && out.clearness >= kLeastClearness &&
                out.height >= kLeastHeight && out.agree >= kLeastAgree && out.copied <= 1 && std::abs(out.late_ms) <= kMostLateMs;
  return out;
}

}  // namespace roundelay
