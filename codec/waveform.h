// The shape of a sound: how loud it is in each of a few hundred parts of equal length. Of sound whose length is not known before;
// memory does not grow with it. Pure; allocates: for workers, tools and tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace roundelay {

inline constexpr size_t kWaveformPoints = 800;

// 255 is full scale. As many of both; kWaveformPoints, or fewer of a sound of about a second or less.
struct Waveform {
  std::vector<uint8_t> peaks;
  std::vector<uint8_t> rms;
};

class WaveformMeter {
 public:
  explicit WaveformMeter(int channels) : channels_(static_cast<size_t>(channels)) {}

  // Interleaved, whole frames.
  void add(std::span<const float> interleaved);
  [[nodiscard]] int64_t frames() const { return frames_; }
  // Of all that was added.
  [[nodiscard]] Waveform shape() const;

 private:
  struct Part {
    float peak = 0;
    double squares = 0;
    int64_t samples = 0;
    void add(const Part& other);
  };
  void halve();

  static constexpr int64_t kFirstFrames = 64;  // of a part; then twice as many, and so on
  static constexpr size_t kMostParts = 8 * kWaveformPoints;

  size_t channels_;
  int64_t frames_of_part_ = kFirstFrames;
  int64_t frames_ = 0;
  std::vector<Part> parts_;
};

// As a file has it: the peaks, then the rms.
[[nodiscard]] std::vector<uint8_t> bytes_of(const Waveform& waveform);
// Whether a file of so many bytes can be one.
[[nodiscard]] bool is_waveform_size(int64_t bytes);

}  // namespace roundelay
