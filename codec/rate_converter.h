// Interleaved samples of any rate at 48 kHz, by soxr, in place: the first sample stays the first. Blocks and allocates.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

struct soxr;

namespace roundelay {

class RateConverter {
 public:
  // Throws std::bad_alloc.
  RateConverter(int rate, size_t width);

  // Appends to `out` what can be told so far.
  void add(std::span<const float> interleaved, std::vector<float>& out);
  // The sound is over: what was held back comes out, so that nothing is lost. Call once.
  void finish(std::vector<float>& out);

 private:
  void process(const float* in, size_t frames, std::vector<float>& out);

  struct Delete {
    void operator()(soxr* resampler) const;
  };
  int rate_;
  size_t width_;
  std::unique_ptr<soxr, Delete> resampler_;  // none at 48 kHz
};

}  // namespace roundelay
