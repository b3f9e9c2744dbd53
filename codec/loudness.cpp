#include "codec/loudness.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <new>

#include "codec/opus.h"

namespace roundelay {
namespace {

constexpr double kSilence = -70;  // LUFS: the absolute gate

std::optional<double> heard(int result, double loudness) {
  if (result != EBUR128_SUCCESS || !std::isfinite(loudness) || loudness < kSilence) return std::nullopt;
  return loudness;
}

}  // namespace

struct LoudnessMeter::Library {
  Library(int channels, bool true_peak)
      : state(ebur128_init(static_cast<unsigned>(channels), kOpusRate,
                           EBUR128_MODE_I | EBUR128_MODE_S | (true_peak ? EBUR128_MODE_TRUE_PEAK : 0))) {
    if (state == nullptr) throw std::bad_alloc();
    if (channels == 1) ebur128_set_channel(state, 0, EBUR128_DUAL_MONO);
  }
  ~Library() { ebur128_destroy(&state); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  ebur128_state* state;
};

LoudnessMeter::LoudnessMeter(int channels, bool true_peak)
    : library_(std::make_unique<Library>(channels, true_peak)), channels_(static_cast<size_t>(channels)) {}

LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::add(std::span<const float> interleaved) {
  if (ebur128_add_frames_float(library_->state, interleaved.data(), interleaved.size() / channels_) != EBUR128_SUCCESS)
    throw std::bad_alloc();
}

double LoudnessMeter::true_peak() const {
  double most = 0;
  for (unsigned channel = 0; channel < channels_; ++channel) {
    double peak = 0;
    if (ebur128_true_peak(library_->state, channel, &peak) == EBUR128_SUCCESS) most = std::max(most, peak);
  }
  return most;
}

double LoudnessMeter::last_true_peak() const {
  double most = 0;
  for (unsigned channel = 0; channel < channels_; ++channel) {
    double peak = 0;
    if (ebur128_prev_true_peak(library_->state, channel, &peak) == EBUR128_SUCCESS) most = std::max(most, peak);
  }
  return most;
}

std::optional<double> LoudnessMeter::integrated() const {
  double loudness = 0;
  const int result = ebur128_loudness_global(library_->state, &loudness);
  return heard(result, loudness);
}

std::optional<double> LoudnessMeter::momentary() const {
  double loudness = 0;
  const int result = ebur128_loudness_momentary(library_->state, &loudness);
  return heard(result, loudness);
}

std::optional<double> LoudnessMeter::short_term() const {
  double loudness = 0;
  const int result = ebur128_loudness_shortterm(library_->state, &loudness);
  return heard(result, loudness);
}

}  // namespace roundelay
