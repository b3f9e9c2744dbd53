// How loud voices and backing are where they are heard: the sums of the mixer, limited, measured by EBU R 128.
#include "mixer/balance.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "codec/loudness.h"
#include "mixer/gain.h"
#include "mixer/limiter.h"

namespace roundelay::balance_test {
namespace {

constexpr int kBlocks = 250;  // 5 s
constexpr size_t kSamples = size_t{kBlocks} * kBlockSamples;

double loudness_of(const std::vector<float>& mono) {
  LoudnessMeter meter(1);
  meter.add(mono);
  return meter.integrated().value();
}

// Sung notes with vibrato and pauses, each voice by its own time and pitch; brought to the loudness of a calibrated voice.
std::vector<float> voice(int number) {
  std::vector<float> out(kSamples);
  double phase = 0;
  for (size_t i = 0; i < kSamples; ++i) {
    const double second = static_cast<double>(i) / 48'000;
    const double within = std::fmod(second + 0.13 * number, 0.7) / 0.7;
    const double envelope = std::min(1.0, 8 * std::max(0.0, std::min(within, 0.9 - within)));
    const double hz = (110 + 37 * number) * (1 + 0.01 * std::sin(2 * M_PI * (5 + 0.1 * number) * second));
    phase += 2 * M_PI * hz / 48'000;
    double tone = 0;
    for (int k = 1; k <= 6; ++k) tone += std::cos(k * phase + k * number) / k;
    out[i] = static_cast<float>(0.1 * envelope * tone);
  }
  const auto factor = static_cast<float>(std::pow(10, (kVoiceLufs - loudness_of(out)) / 20));
  for (float& x : out) x *= factor;
  return out;
}

// What is heard of so many calibrated voices, the first one a leader's.
double heard(int voices, bool leader) {
  std::vector<float> mix(kSamples, 0.0F);
  for (int n = 0; n < voices; ++n) {
    const std::vector<float> one = voice(n);
    const bool leads = n == 0 && leader;
    const float gain = leads ? leaders_automatic_gain(voices) * kLeaderBoost : automatic_gain(voices);
    for (size_t i = 0; i < kSamples; ++i) mix[i] += one[i] * gain * kGlobalVolume;
  }
  Limiter limiter;
  for (size_t at = 0; at < kSamples; at += kBlockSamples) {
    const MutableBlock block(mix.data() + at, kBlockSamples);
    limiter.process(block);
  }
  return loudness_of(mix);
}

// A stereo track of this level, as it is heard.
double backing(double level_db) {
  std::vector<float> stereo(2 * kSamples);
  const double amplitude = std::pow(10, level_db / 20);
  for (size_t i = 0; i < kSamples; ++i) {
    const double second = static_cast<double>(i) / 48'000;
    stereo[2 * i] = static_cast<float>(amplitude * std::sin(2 * M_PI * 196 * second) * (1 + 0.5 * std::sin(7 * second)));
    stereo[2 * i + 1] = static_cast<float>(amplitude * std::sin(2 * M_PI * 587 * second));
  }
  LoudnessMeter as_uploaded(2);
  as_uploaded.add(stereo);
  const auto gain = static_cast<float>(backing_gain_of(as_uploaded.integrated().value()));
  for (float& x : stereo) x *= gain;
  LoudnessMeter as_heard(2);
  as_heard.add(stereo);
  return as_heard.integrated().value();
}

TEST(Balance, OneCalibratedVoiceAndTheBackingLieWithin3DbInBucket1) {
  for (const double level_db : {-30.0, -18.0, -6.0}) {
    EXPECT_NEAR(heard(1, true), backing(level_db), 3.05) << "the leader's";
    EXPECT_NEAR(heard(1, false), backing(level_db), 3.05) << "another one's";
  }
}

TEST(Balance, TheBackingIsAtMost10DbUnderTheChoirInTheLastBucket) {
  const double choir = heard(12, true);
  for (const double level_db : {-30.0, -18.0, -6.0}) {
    EXPECT_LT(choir - backing(level_db), 10);
    EXPECT_GT(choir - backing(level_db), -1) << "nor over it";
  }
}

TEST(Balance, ATrackThatIsNearlySilentIsNotBlownUp) {
  EXPECT_DOUBLE_EQ(backing_gain_of(-69), 10);
  EXPECT_NEAR(backing_gain_of(-16.25), 1.102808, 1e-5);  // the page reckons the same
}

}  // namespace
}  // namespace roundelay::balance_test
