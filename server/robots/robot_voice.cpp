#include "server/robots/robot_voice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

#include "mixer/position.h"

namespace roundelay {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kRate = kSampleRate;
constexpr int kStep = 48;  // samples between changes of pitch, vowel and loudness: 1 ms
constexpr double kStepSeconds = kStep / kRate;
constexpr double kSilentLevel = 1e-5;  // below it a fading voice is over

// How far a one-pole smoother goes in a step towards its target.
double towards(double time_constant_s) {
  return 1 - std::exp(-kStepSeconds / time_constant_s);
}

// A sawtooth without the corners that would alias: the two samples beside a jump are bent (PolyBLEP; Valimaki and Huovilainen,
// "Antialiasing Oscillators in Subtractive Synthesis", IEEE Signal Processing Magazine 24(2), 2007). Its partials fall by 6 dB an
// octave.
class Saw {
 public:
  double next(double cycles_per_sample) {
    phase_ += cycles_per_sample;
    if (phase_ >= 1) phase_ -= 1;
    double y = 2 * phase_ - 1;
    if (phase_ < cycles_per_sample) {
      const double t = phase_ / cycles_per_sample;
      y -= 2 * t - t * t - 1;
    } else if (phase_ > 1 - cycles_per_sample) {
      const double t = (phase_ - 1) / cycles_per_sample;
      y -= t * t + 2 * t + 1;
    }
    return y;
  }

 private:
  double phase_ = 0.5;
};

// y = a (x - x2) + b y1 + c y2 for the upper formants, without the zeros for the first (it carries the fundamental, too). `a`
// makes the peak's height 1.
class Resonator {
 public:
  void set(double hz, double bandwidth_hz, bool zeros) {
    zeros_ = zeros;
    const double r = std::exp(-kPi * bandwidth_hz / kRate);
    const double w = 2 * kPi * hz / kRate;
    b_ = 2 * r * std::cos(w);
    c_ = -r * r;
    // |1 - b e^-jw - c e^-2jw| in closed form: (1 - r) |1 - r e^-2jw|.
    const double pole = (1 - r) * std::sqrt(1 - 2 * r * std::cos(2 * w) + r * r);
    a_ = zeros ? pole / (2 * std::sin(w)) : pole;
  }
  double next(double x) {
    const double y = a_ * (zeros_ ? x - x2_ : x) + b_ * y1_ + c_ * y2_;
    x2_ = x1_;
    x1_ = x;
    y2_ = y1_;
    y1_ = y;
    return y;
  }

 private:
  bool zeros_ = false;
  double a_ = 0, b_ = 0, c_ = 0;
  double x1_ = 0, x2_ = 0, y1_ = 0, y2_ = 0;
};

// White noise, -1 to 1.
class Noise {
 public:
  explicit Noise(uint32_t seed) : state_(seed * 2'654'435'761U + 1) {}
  double next() {
    state_ = state_ * 1'664'525U + 1'013'904'223U;  // Numerical Recipes' generator
    return static_cast<double>(static_cast<int32_t>(state_)) / 2'147'483'648.0;
  }

 private:
  uint32_t state_;
};

// Where a voice is and where it is going, in steps of a millisecond.
class Performance {
 public:
  Performance(const VoiceCharacter& voice, std::span<const Note> notes) : voice_(voice), notes_(notes), noise_(voice.seed) {}

  void step(int64_t at) {
    while (index_ + 1 < notes_.size() && at >= notes_[index_ + 1].start - kConsonantSamples) ++index_;
    const Note& note = notes_[index_];
    const double age_s = static_cast<double>(at - note.start) / kRate;
    const double left_s = static_cast<double>(note.start + note.length - at) / kRate;
    follow_pitch(note, age_s);
    follow_vowel(note, age_s);
    follow_level(note, age_s, left_s);
  }

  [[nodiscard]] double hz() const { return hz_; }
  [[nodiscard]] double level() const { return level_; }
  [[nodiscard]] double noise_level() const { return noise_level_; }
  [[nodiscard]] const Formants& formants() const { return formants_; }

 private:
  static constexpr int64_t kConsonantSamples = 2'400;  // 50 ms before the beat
  static constexpr double kPortamentoSeconds = 0.022;
  static constexpr double kVowelSeconds = 0.03;
  static constexpr double kBreathSeconds = 0.12;  // taken from the end of a phrase
  static constexpr double kReleaseSeconds = 0.03;

  void follow_pitch(const Note& note, double age_s) {
    const double target = note.semitones + voice_.detune_cents / 100;
    if (!singing_) pitch_ = target - 0.3;  // scoops a little
    pitch_ += (target - pitch_) * towards(kPortamentoSeconds);
    drift_ += (0.02 * noise_.next() - 0.004 * drift_);
    const double grown = std::clamp((age_s - 0.2) / 0.3, 0.0, 1.0);
    vibrato_depth_ += (grown - vibrato_depth_) * towards(0.05);
    vibrato_phase_ += 2 * kPi * voice_.vibrato_hz * (1 + 0.05 * drift_) * kStepSeconds;
    const double cents = voice_.vibrato_cents * vibrato_depth_ * std::sin(vibrato_phase_) + 2 * drift_;
    hz_ = voice_.tonic_hz * std::exp2(pitch_ / 12 + cents / 1200);
  }

  void follow_vowel(const Note& note, double age_s) {
    const Formants& target = formants_of(voice_.type, note.vowel);
    const bool nasal = note.consonant == Consonant::kNasal && age_s < 0;
    const double k = singing_ ? towards(kVowelSeconds) : 1;
    for (size_t i = 0; i < target.size(); ++i) {
      Formant f = target[i];
      f.hz *= voice_.formant_scale;
      f.db /= voice_.brightness;
      if (i == 0) f.hz = std::max(f.hz, hz_);  // singers tune the first formant to a high fundamental
      if (nasal) f = {i == 0 ? std::max(270.0, hz_) : f.hz, i == 0 ? -3 : f.db - 15, f.bandwidth_hz};
      f.bandwidth_hz = std::max(f.bandwidth_hz, 0.18 * hz_);  // wide enough that vibrato does not pump
      formants_[i].hz += (f.hz - formants_[i].hz) * k;
      formants_[i].db += (f.db - formants_[i].db) * k;
      formants_[i].bandwidth_hz += (f.bandwidth_hz - formants_[i].bandwidth_hz) * k;
    }
  }

  void follow_level(const Note& note, double age_s, double left_s) {
    double target = 1;
    if (note.consonant == Consonant::kStop && age_s < 0) target = 0.12;
    if (note.consonant == Consonant::kNasal && age_s < 0) target = 0.5;
    if (age_s < -kConsonantSamples / kRate) target = 0;  // before the first note
    const double rest_s = note.breath_after ? kBreathSeconds : 0.0;
    const bool last = index_ + 1 == notes_.size();
    if (left_s < rest_s) target = last ? 0 : 0.02;
    if (last && left_s < 1.2) target *= std::clamp((left_s - rest_s) / 1.0, 0.0, 1.0);  // the last chord dies away
    const double k = towards(target > glide_ ? voice_.attack_s / 2 : kReleaseSeconds / 2);
    glide_ += (target - glide_) * k;
    level_ += (glide_ - level_) * k;
    if (target == 0 && level_ < kSilentLevel) level_ = glide_ = 0;
    singing_ = level_ > 0;
    const bool burst = note.consonant == Consonant::kStop && age_s >= 0 && age_s < 0.012;
    noise_level_ += ((burst ? 4 : 1) * voice_.breath - noise_level_) * towards(0.004);
  }

  const VoiceCharacter& voice_;
  std::span<const Note> notes_;
  Noise noise_;
  size_t index_ = 0;
  bool singing_ = false;
  double pitch_ = 0;  // semitones above the tonic
  double drift_ = 0;  // a slow random walk, about +-1
  double vibrato_depth_ = 0;
  double vibrato_phase_ = 0;
  double hz_ = 0;
  double glide_ = 0;  // level_ follows it: together a smooth attack without a corner
  double level_ = 0;
  double noise_level_ = 0;
  Formants formants_{};
};

// The five resonators side by side. Heights are those of partials, so that the source's fall of 6 dB an octave is made good.
class Throat {
 public:
  void set(const Formants& formants) {
    for (size_t i = 0; i < formants.size(); ++i) {
      if (formants[i].hz == now_[i].hz && formants[i].db == now_[i].db && formants[i].bandwidth_hz == now_[i].bandwidth_hz)
        continue;
      now_[i] = formants[i];
      resonators_[i].set(formants[i].hz, formants[i].bandwidth_hz, i > 0);
      const double sign = i % 2 == 0 ? 1 : -1;  // neighbours in opposite phase add up between their peaks
      gains_[i] = sign * std::pow(10, formants[i].db / 20) * formants[i].hz / formants[0].hz;
    }
  }
  double next(double x) {
    double y = 0;
    for (size_t i = 0; i < kFormants; ++i) y += gains_[i] * resonators_[i].next(x);
    return y;
  }

 private:
  Formants now_{};
  std::array<Resonator, kFormants> resonators_;
  std::array<double, kFormants> gains_{};
};

}  // namespace

std::vector<float> sing_notes(const VoiceCharacter& voice, std::span<const Note> notes, int64_t samples) {
  std::vector<float> out(static_cast<size_t>(samples));
  if (notes.empty()) return out;
  Performance performance(voice, notes);
  Throat throat;
  Saw saw;
  Noise breath(voice.seed + 1);
  double level = 0;
  double hz = 0;
  for (int64_t at = 0; at < samples; at += kStep) {
    performance.step(at);
    const double next_level = performance.level();
    const double next_hz = performance.hz();
    if (hz == 0) hz = next_hz;
    const int64_t n = std::min<int64_t>(kStep, samples - at);
    if (level == 0 && next_level == 0) {
      hz = next_hz;
      continue;
    }
    throat.set(performance.formants());
    for (int64_t i = 0; i < n; ++i) {
      const double t = static_cast<double>(i) / kStep;
      const double x = saw.next((hz + (next_hz - hz) * t) / kRate) + performance.noise_level() * breath.next();
      out[static_cast<size_t>(at + i)] = static_cast<float>((level + (next_level - level) * t) * throat.next(x));
    }
    level = next_level;
    hz = next_hz;
  }
  return out;
}

}  // namespace roundelay
