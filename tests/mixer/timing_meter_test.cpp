// TimingMeter, EnergyRing and the onsets they are made of, with bursts of sound whose times are known to the sample.
#include "mixer/timing_meter.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "mixer/loudness_changes.h"
#include "tests/mixer/allocation_count.h"
#include "tests/mixer/test_support.h"

namespace roundelay::timing_meter_test {
namespace {

constexpr size_t kRing = 4'096;

struct Beats {
  std::vector<double> at_s;
};

// Irregular times, as a song has them: 0.25 to 0.9 s apart.
std::vector<double> uneven(double seconds, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<double> out;
  for (double at = 0.5; at < seconds - 0.5; at += 0.25 + 0.65 * static_cast<double>(random()) / 4'294'967'296.0)
    out.push_back(at);
  return out;
}

std::vector<double> even(double seconds, double apart_s) {
  std::vector<double> out;
  for (double at = 0.5; at < seconds - 0.5; at += apart_s) out.push_back(at);
  return out;
}

// As somebody sings them: each off by something of its own, up to 40 ms, and all together by nothing. What is nowhere off is no
// singer but a copy.
std::vector<double> as_sung(std::vector<double> times) {
  std::mt19937 random(11);
  std::vector<double> off(times.size());
  double mean = 0;
  for (double& each : off)
    mean += (each = 0.08 * static_cast<double>(random()) / 4'294'967'296.0) / static_cast<double>(off.size());
  for (size_t i = 0; i < times.size(); ++i) times[i] += off[i] - mean;
  return times;
}

// A tone that begins at each of the times, and dies away.
std::vector<float> struck(const std::vector<double>& times, double late_ms, double seconds, float level = 0.2F, float hz = 330) {
  std::vector<float> out(static_cast<size_t>(seconds * kSampleRate));
  for (const double time : times) {
    const auto begin = static_cast<int64_t>((time + late_ms / 1000) * kSampleRate);
    for (int64_t i = 0; i < 10'000; ++i) {
      if (begin + i < 0 || begin + i >= static_cast<int64_t>(out.size())) continue;
      const auto t = static_cast<float>(i) / kSampleRate;
      out[static_cast<size_t>(begin + i)] +=
          level * std::min(t / 0.02F, 1.0F) * std::exp(-t / 0.06F) * std::sin(2 * std::numbers::pi_v<float> * hz * t);
    }
  }
  return out;
}

TimingMeter::Judgement judged(const std::vector<float>& voice, const std::vector<float>& mix) {
  const Position start = test_parts::block_at(0);
  EnergyRing sung(kRing);
  EnergyRing heard(kRing);
  TimingMeter meter;
  meter.restart(start);
  for (size_t at = 0; at + kBlockSamples <= voice.size(); at += kBlockSamples) {
    const Position position = start + Blocks{static_cast<int64_t>(at / kBlockSamples)};
    sung.add(position, Block(voice.data() + at, kBlockSamples));
    heard.add(position, Block(mix.data() + at, kBlockSamples));
    (void)meter.take_window(sung, heard, position - Blocks{30});
  }
  return meter.judge();
}

TEST(TimingMeter, ToldLatenessIsThatOfTheOnsetsEitherWay) {
  const auto times = uneven(50, 3);
  const auto mix = struck(times, 0, 50);
  for (const double late_ms : {-120.0, -61.3, -15.0, 0.0, 22.0, 77.7, 120.0}) {
    const auto judgement = judged(struck(as_sung(times), late_ms, 50, 0.02F), mix);
    EXPECT_TRUE(judgement.certain) << late_ms;
    EXPECT_NEAR(judgement.late_ms, late_ms, 3);
  }
}

// The choir is one sound with many beginnings; she sings one of them, in their midst.
TEST(TimingMeter, AChoirsNotesAreWhereTheirSingersAreInTheMean) {
  const auto times = uneven(60, 3);
  std::vector<float> mix(60 * static_cast<size_t>(kSampleRate));
  for (int singer = 0; singer < 5; ++singer) {
    const auto one = struck(times, -40 + 20 * singer, 60, 0.1F, 250.0F + 61 * static_cast<float>(singer));
    for (size_t i = 0; i < mix.size(); ++i) mix[i] += one[i];
  }
  const auto judgement = judged(struck(as_sung(times), 0, 60), mix);
  EXPECT_TRUE(judgement.certain);
  EXPECT_NEAR(judgement.late_ms, 0, 6);
}

TEST(TimingMeter, WhoseMicrophoneHearsTheLoudspeakerIsNotCertain) {
  const auto times = uneven(60, 3);
  const auto mix = struck(times, 0, 60);
  auto voice = struck(as_sung(times), 80, 60);
  EXPECT_TRUE(judged(voice, mix).certain);
  constexpr size_t kLate = 1'920;
  for (size_t i = kLate; i < voice.size(); ++i) voice[i] += 0.8F * mix[i - kLate];
  EXPECT_FALSE(judged(voice, mix).certain) << judged(voice, mix).copied;
  EXPECT_FALSE(judged(mix, mix).certain) << "nothing but the loudspeaker";
}

TEST(TimingMeter, ASteadyFastBeatIsNeverCertainBecauseEachStrokeMayBelongToTheNext) {
  const auto times = even(60, 0.24);
  for (const double late_ms : {0.0, 60.0, -100.0}) {
    const auto judgement = judged(struck(as_sung(times), late_ms, 60), struck(times, 0, 60));
    EXPECT_FALSE(judgement.certain) << late_ms << " second " << judgement.second;
  }
}

TEST(TimingMeter, OtherSoundAndSilenceAreNeverCertain) {
  const auto mix = struck(uneven(60, 3), 0, 60);
  EXPECT_FALSE(judged(struck(uneven(60, 4), 0, 60), mix).certain);
  EXPECT_FALSE(judged(std::vector<float>(mix.size()), mix).certain);
  EXPECT_FALSE(judged(mix, std::vector<float>(mix.size())).certain);
}

TEST(TimingMeter, AFewNotesAreNotEnough) {
  const auto times = uneven(16, 3);
  EXPECT_FALSE(judged(struck(as_sung(times), 60, 16), struck(times, 0, 16)).certain);
}

TEST(TimingMeter, WhoIsLateInOneHalfAndEarlyInTheOtherIsNotSteady) {
  const auto times = uneven(60, 3);
  auto voice = struck(as_sung(times), 70, 60);
  const auto early = struck(as_sung(times), -70, 60);
  std::copy(early.begin() + 30 * kSampleRate, early.end(), voice.begin() + 30 * kSampleRate);
  EXPECT_FALSE(judged(voice, struck(times, 0, 60)).certain);
}

TEST(TimingMeter, ALongSongIsJudgedInTheSameMemory) {
  const auto times = uneven(240, 3);
  const auto judgement = judged(struck(as_sung(times), 40, 240), struck(times, 0, 240));
  EXPECT_TRUE(judgement.certain);
  EXPECT_GT(judgement.windows, 50);
  EXPECT_NEAR(judgement.late_ms, 40, 3);
}

TEST(TimingMeter, NothingAllocates) {
  const auto mix = struck(uneven(30, 3), 0, 30);
  EnergyRing ring(kRing);
  TimingMeter meter;
  const Position start = test_parts::block_at(0);
  meter.restart(start);
  (void)meter.judge();
  const int64_t before = test_parts::allocation_count();
  for (int64_t block = 0; block < 1'400; ++block) {
    ring.add(start + Blocks{block}, Block(mix.data() + block * kBlockSamples, kBlockSamples));
    (void)meter.take_window(ring, ring, start + Blocks{block});
  }
  (void)meter.judge();
  EXPECT_EQ(test_parts::allocation_count(), before);
}

TEST(EnergyRing, WhatIsNotThereAnyMoreIsSilent) {
  EnergyRing ring(8);
  const Position start = test_parts::block_at(0);
  for (int64_t i = 0; i < 12; ++i) ring.add(start + Blocks{i}, test_parts::constant(0.5F));
  std::vector<HopEnergy> out(14 * kHopsPerBlock);
  ring.copy(start, out);
  for (size_t hop = 0; hop < out.size(); ++hop) {
    const size_t block = hop / kHopsPerBlock;
    EXPECT_EQ(out[hop].whole > 0, block >= 4 && block < 12) << block;
  }
}

TEST(LoudnessChanges, LouderIsAboveZeroAndSofterBelowWhateverTheLevel) {
  for (const float level : {0.001F, 1.0F}) {
    std::vector<HopEnergy> energies(200, {0.01F * level, 0.001F * level});
    for (size_t i = 80; i < 140; ++i) energies[i] = {1.0F * level, 0.1F * level};
    std::vector<float> changes(energies.size());
    std::vector<float> scratch(energies.size());
    loudness_changes(energies, changes, scratch);
    for (size_t i = 0; i < changes.size(); ++i) {
      EXPECT_EQ(changes[i] > 0.001F, i >= 75 && i <= 84) << i << " at " << level;
      EXPECT_EQ(changes[i] < -0.001F, i >= 135 && i <= 144) << i << " at " << level;
    }
  }
}

}  // namespace
}  // namespace roundelay::timing_meter_test
