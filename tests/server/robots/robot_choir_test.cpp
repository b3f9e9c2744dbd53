#include "server/robots/robot_choir.h"

#include <gtest/gtest.h>

#include "mixer/gain.h"
#include "mixer/limiter.h"
#include "tests/server/singer/sound_checks.h"

namespace roundelay::robot_choir_test {
namespace {

const std::vector<std::vector<float>>& parts() {
  static const std::vector<std::vector<float>> all = [] {
    std::vector<std::vector<float>> rendered;
    for (int i = 0; i < kRobots; ++i) rendered.push_back(render_robot_part(i));
    return rendered;
  }();
  return all;
}

TEST(RobotChoir, SingsEquallyLoudAndWithoutClicks) {
  for (const auto& part : parts()) {
    double squares = 0;
    double sounding = 0;
    float peak = 0;
    float step = 0;
    for (size_t i = 1; i < part.size(); ++i) {
      squares += static_cast<double>(part[i]) * part[i];
      sounding += part[i] != 0 ? 1 : 0;
      peak = std::max(peak, std::abs(part[i]));
      step = std::max(step, std::abs(part[i] - part[i - 1]));
    }
    EXPECT_NEAR(std::sqrt(squares / sounding), kRobotRms, 0.1 * kRobotRms);
    EXPECT_LE(peak, kRobotPeak + 1e-6);
    EXPECT_LT(step, 0.05F);
  }
}

TEST(RobotChoir, NeverFallsSilentWithinASinger) {
  // So that the number of voices, and with it the gain of all, does not flutter in breaths.
  for (const auto& part : parts()) {
    const std::vector<bool> sent = blocks_sent(part, kLowDelaySamples);
    int changes = 0;
    for (size_t b = 1; b < sent.size(); ++b) changes += sent[b] != sent[b - 1] ? 1 : 0;
    EXPECT_EQ(changes, 2);
  }
}

TEST(RobotChoir, CountsWhatTheVoiceStreamSends) {
  VectorVoice voice(parts()[2]);
  VoiceStream stream(voice, {});
  const Position start{96'000};
  stream.begin_song(start);
  const std::vector<bool> sent = blocks_sent(parts()[2], kLowDelaySamples);
  for (size_t b = 0; b < sent.size(); b += 1) {
    ASSERT_EQ(!stream.packet(start + Blocks{static_cast<int64_t>(b)}).empty(), sent[b]) << b;
  }
}

TEST(RobotChoir, SumsWithTheGainOfTheVoicesThatSound) {
  std::vector<float> early(20 * 960);
  std::vector<float> late(20 * 960);
  std::fill(early.begin() + 2 * 960, early.begin() + 18 * 960, 0.1F);
  std::fill(late.begin() + 10 * 960, late.begin() + 18 * 960, 0.1F);
  const std::vector<ChoirVoice> voices = {{early, true}, {late, false}};
  const std::vector<float> sum = offline_sum(voices, kLowDelaySamples);
  EXPECT_NEAR(sum[6 * 960], 0.1F * kLeaderBoost * kGlobalVolume, 1e-6);
  EXPECT_NEAR(sum[14 * 960], 0.1F * (kLeaderBoost + 1) * kGlobalVolume * automatic_gain(2), 1e-6);
  EXPECT_EQ(sum[960], 0.0F);
}

// The whole way: eight encoders, eight decoders, the mix, its encoder and decoder.
TEST(RobotChoir, EqualsTheRenderedSumAtTheEndOfTheLine) {
  std::vector<ChoirVoice> voices;
  for (size_t r = 0; r < kRobots; ++r) voices.push_back({parts()[r], r == 0});
  const std::vector<float> wanted = offline_sum(voices, kLowDelaySamples);

  const Position start{96'000};
  std::vector<std::unique_ptr<VectorVoice>> sources;
  std::vector<std::unique_ptr<VoiceStream>> streams;
  std::vector<BlockDecoder> decoders(kRobots);
  for (const auto& part : parts()) {
    sources.push_back(std::make_unique<VectorVoice>(part));
    streams.push_back(std::make_unique<VoiceStream>(*sources.back(), VoiceStream::Settings{}));
    streams.back()->begin_song(start);
  }
  BlockEncoder mix_encoder({});
  BlockDecoder mix_decoder;
  Limiter limiter;
  std::vector<float> heard;
  float gain = -1;
  float leader_gain = -1;
  double lowest_snr = 1000;
  for (int64_t b = 0; b < 20 * 50; ++b) {  // all four parts sound in the last 5 of 20 s
    std::array<float, kOpusBlock> mix{};
    std::array<float, kOpusBlock> leader{};
    int people = 0;
    for (size_t r = 0; r < kRobots; ++r) {
      const auto packet = streams[r]->packet(start + Blocks{b});
      if (packet.empty()) continue;
      std::array<float, kOpusBlock> block;
      ASSERT_TRUE(decoders[r].decode(packet, block));
      if (b == 950) lowest_snr = std::min(lowest_snr, snr_db(std::span(parts()[r]).subspan(950 * 960, 960), block));
      add_ramped(r == 0 ? leader : mix, block, 1, 1);
      ++people;
    }
    if (people > 0) {
      const float next = kGlobalVolume * automatic_gain(people);
      const float next_leader = kGlobalVolume * kLeaderBoost * leaders_automatic_gain(people);
      apply_ramp(mix, gain < 0 ? next : gain, next);
      add_ramped(mix, leader, gain < 0 ? next_leader : leader_gain, next_leader);
      gain = next;
      leader_gain = next_leader;
    }
    limiter.process(mix);
    std::array<uint8_t, kMaxPacketBytes> packet;
    const int len = mix_encoder.encode(mix, packet);
    ASSERT_TRUE(mix_decoder.decode(std::span(packet).first(static_cast<size_t>(len)), mix));
    heard.insert(heard.end(), mix.begin(), mix.end());
  }
  EXPECT_GT(lowest_snr, 17);
  const auto correlation = [&](int lag) {
    double both = 0;
    double one = 0;
    double other = 0;
    for (size_t i = 0; i + 960 < heard.size(); ++i) {
      const double x = wanted[i];
      const double y = heard[i + static_cast<size_t>(kLowDelaySamples + lag)];
      both += x * y;
      one += x * x;
      other += y * y;
    }
    return both / std::sqrt(one * other);
  };
  EXPECT_GT(correlation(0), 0.99);
  EXPECT_GT(correlation(0), correlation(-1));
  EXPECT_GT(correlation(0), correlation(1));
}

}  // namespace
}  // namespace roundelay::robot_choir_test
