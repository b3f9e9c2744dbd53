// Loudness by EBU R 128 (ITU-R BS.1770-4) at 48 kHz, measured by libebur128. The page measures the same by itself
// (web/src/audio/shared/loudness.ts); tests/golden/loudness.json holds both to it. Allocates: for workers, tools and tests.
//
// One channel counts as heard from both sides, as a client plays it: a sine of 1 kHz and -23 dBFS has -23 LUFS, whether it
// comes as one channel or as two.
#pragma once

#include <memory>
#include <optional>
#include <span>

namespace roundelay {

class LoudnessMeter {
 public:
  explicit LoudnessMeter(int channels, bool true_peak = false);  // 1 or 2; the true peak costs as much again
  ~LoudnessMeter();
  LoudnessMeter(const LoudnessMeter&) = delete;
  LoudnessMeter& operator=(const LoudnessMeter&) = delete;

  // Interleaved, any number of samples.
  void add(std::span<const float> interleaved);

  // In LUFS; nothing where there was nothing to be measured: silence (-70 LUFS and below), or too short.
  [[nodiscard]] std::optional<double> integrated() const;  // of everything but its pauses
  [[nodiscard]] std::optional<double> momentary() const;   // of the last 400 ms
  [[nodiscard]] std::optional<double> short_term() const;  // of the last 3 s

  // Of the signal between the samples too (ITU-R BS.1770-4, annex 2), full scale = 1: of all, and of the last add().
  [[nodiscard]] double true_peak() const;
  [[nodiscard]] double last_true_peak() const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
  size_t channels_;
};

}  // namespace roundelay
