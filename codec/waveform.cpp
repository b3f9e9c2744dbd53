#include "codec/waveform.h"

#include <algorithm>
#include <cmath>

namespace roundelay {
namespace {

uint8_t as_point(double level) {
  return static_cast<uint8_t>(std::lround(255 * std::clamp(level, 0.0, 1.0)));
}

}  // namespace

void WaveformMeter::Part::add(const Part& other) {
  peak = std::max(peak, other.peak);
  squares += other.squares;
  samples += other.samples;
}

void WaveformMeter::add(std::span<const float> interleaved) {
  for (size_t at = 0; at + channels_ <= interleaved.size(); at += channels_, ++frames_) {
    if (parts_.size() * static_cast<size_t>(frames_of_part_) <= static_cast<size_t>(frames_)) {
      if (parts_.size() == kMostParts) halve();
      parts_.emplace_back();
    }
    Part& part = parts_.back();
    for (const float sample : interleaved.subspan(at, channels_)) {
      part.peak = std::max(part.peak, std::fabs(sample));
      part.squares += static_cast<double>(sample) * static_cast<double>(sample);
      ++part.samples;
    }
  }
}

void WaveformMeter::halve() {
  for (size_t i = 0; i < parts_.size() / 2; ++i) {
    parts_[i] = parts_[2 * i];
    parts_[i].add(parts_[2 * i + 1]);
  }
  parts_.resize(parts_.size() / 2);
  frames_of_part_ *= 2;
}

Waveform WaveformMeter::shape() const {
  Waveform out;
  const size_t count = std::min(kWaveformPoints, parts_.size());
  for (size_t i = 0; i < count; ++i) {
    Part whole;
    for (size_t at = i * parts_.size() / count; at < (i + 1) * parts_.size() / count; ++at) whole.add(parts_[at]);
    out.peaks.push_back(as_point(static_cast<double>(whole.peak)));
    out.rms.push_back(as_point(std::sqrt(whole.squares / static_cast<double>(whole.samples))));
  }
  return out;
}

std::vector<uint8_t> bytes_of(const Waveform& waveform) {
  std::vector<uint8_t> out = waveform.peaks;
  out.insert(out.end(), waveform.rms.begin(), waveform.rms.end());
  return out;
}

bool is_waveform_size(int64_t bytes) {
  return bytes > 0 && bytes % 2 == 0 && bytes <= static_cast<int64_t>(2 * kWaveformPoints);
}

}  // namespace roundelay
