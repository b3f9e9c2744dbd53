#include "server/singer/heard_stream.h"

#include <gtest/gtest.h>

#include <map>

#include "server/robots/robot_choir.h"
#include "server/singer/heard_recording.h"
#include "tests/server/singer/sound_checks.h"

namespace roundelay::heard_stream_test {
namespace {

constexpr Position kStart{96'000};

// Keeps everything, sample i being kStart + i.
class Recorder : public HeardSamples {
 public:
  void mix_heard(Position at, std::span<const float, kOpusBlock> mono) override { recording.add_mix(at, mono); }
  void backing_heard(Position at, std::span<const float, 2 * kOpusBlock> stereo) override { recording.add_backing(at, stereo); }
  HeardRecording recording{kStart};
};

// What a server would send from 4 blocks before the song's start on: the mix late by the codec's delay, the backing in its place.
struct Sent {
  std::vector<std::vector<uint8_t>> mix;
  std::vector<std::vector<uint8_t>> backing;
};

Sent encode(const std::vector<float>& mix, const std::vector<float>& backing_left, int blocks) {
  BlockEncoder mix_encoder({});
  EncoderSettings stereo;
  stereo.channels = 2;
  stereo.bitrate = 128'000;
  stereo.low_delay = false;
  BlockEncoder backing_encoder(stereo);
  VectorVoice mix_source(mix);
  VectorVoice left_source(backing_left);
  Sent sent;
  for (int b = -4; b < blocks; ++b) {
    std::array<float, kOpusBlock> mono;
    std::array<float, 2 * kOpusBlock> both{};
    std::array<uint8_t, kMaxPacketBytes> packet;
    mix_source.read(b * kOpusBlock, mono);
    sent.mix.emplace_back(packet.begin(), packet.begin() + mix_encoder.encode(mono, packet));
    left_source.read(b * kOpusBlock + kAudioDelaySamples, mono);
    for (size_t i = 0; i < mono.size(); ++i) both[2 * i] = mono[i];
    sent.backing.emplace_back(packet.begin(), packet.begin() + backing_encoder.encode(both, packet));
  }
  return sent;
}

wire::MixBlock block_of(const Sent& sent, int b) {
  return {1, sent.mix[static_cast<size_t>(b + 4)], sent.backing[static_cast<size_t>(b + 4)]};
}

TEST(HeardStream, PutsMixAndBackingOnTheirPositions) {
  std::vector<float> mix(20 * 960);
  std::vector<float> backing(20 * 960);
  mix[7 * 960 + 33] = 0.8F;
  backing[7 * 960 + 33] = 0.8F;
  const Sent sent = encode(mix, backing, 20);
  Recorder out;
  HeardStream heard(out);
  heard.begin(kStart, kLowDelaySamples);
  for (int b = -4; b < 20; ++b) heard.take(kStart + Blocks{b}, block_of(sent, b));
  const auto end = kStart + Blocks{19};
  EXPECT_EQ(loudest_sample(out.recording.mix(end)), 7U * 960 + 33);
  const std::vector<float> stereo = out.recording.backing(end);
  EXPECT_EQ(loudest_sample(stereo), 2U * (7 * 960 + 33));  // on the left
}

TEST(HeardStream, LeavesOutSixBlocksAndFadesInWhereOneJoinsInTheMiddle) {
  std::vector<float> mix = render_robot_part(6);
  mix.erase(mix.begin(), mix.begin() + kRoundBeginSamples + 8 * kPhraseSamples);
  const Sent sent = encode(mix, {}, 40);
  Recorder out;
  HeardStream heard(out);
  heard.begin(kStart, kLowDelaySamples);
  for (int b = 10; b < 40; ++b) heard.take(kStart + Blocks{b}, block_of(sent, b));
  const std::vector<float> got = out.recording.mix(kStart + Blocks{39});
  for (size_t i = 0; i < 16 * 960 - kLowDelaySamples; ++i) ASSERT_EQ(got[i], 0.0F) << i;
  const size_t settled = 17 * 960;
  EXPECT_GT(snr_db(std::span(mix).subspan(settled, 20 * 960), std::span(got).subspan(settled)), 15);
}

TEST(HeardStream, GoesOnInPlaceAfterLostBlocks) {
  std::vector<float> mix(30 * 960);
  mix[20 * 960 + 500] = 0.8F;
  const Sent sent = encode(mix, {}, 30);
  Recorder out;
  HeardStream heard(out);
  heard.begin(kStart, kLowDelaySamples);
  for (int b = -4; b < 30; ++b) {
    if (b < 14 || b > 16) heard.take(kStart + Blocks{b}, block_of(sent, b));
  }
  EXPECT_EQ(loudest_sample(out.recording.mix(kStart + Blocks{29})), 20U * 960 + 500);
}

TEST(HeardStream, TakesAMissingMixAsSilenceAndTheNextPacketInAFreshDecoder) {
  const std::vector<float> part = render_robot_part(6);
  const std::vector<float> sound(part.begin() + kRoundBeginSamples + 8 * kPhraseSamples,
                                 part.begin() + kRoundBeginSamples + 8 * kPhraseSamples + 20 * 960);
  const Sent first = encode(sound, {}, 5);
  BlockEncoder fresh({});
  Recorder out;
  HeardStream heard(out);
  heard.begin(kStart, kLowDelaySamples);
  for (int b = -4; b < 5; ++b) heard.take(kStart + Blocks{b}, block_of(first, b));
  heard.take(kStart + Blocks{5}, {});
  heard.take(kStart + Blocks{6}, {});
  for (int b = 7; b < 17; ++b) {
    std::array<uint8_t, kMaxPacketBytes> packet;
    const int len = fresh.encode(std::span(sound).subspan(static_cast<size_t>(b) * 960, 960), packet);
    heard.take(kStart + Blocks{b}, {1, std::span(packet).first(static_cast<size_t>(len)), {}});
  }
  const std::vector<float> got = out.recording.mix(kStart + Blocks{16});
  for (size_t i = 5 * 960; i < 7 * 960 - kLowDelaySamples; ++i) ASSERT_EQ(got[i], 0.0F) << i;
  EXPECT_GT(snr_db(std::span(sound).subspan(7 * 960 + 120, 9 * 960 - 240), std::span(got).subspan(7 * 960 + 120)), 20);
}

TEST(HeardStream, TakesAPacketThatIsNoneAsSilence) {
  Recorder out;
  HeardStream heard(out);
  heard.begin(kStart, kLowDelaySamples);
  const std::array<uint8_t, 5> nonsense = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  heard.take(kStart, {1, nonsense, nonsense});
  for (const float x : out.recording.mix(kStart + Blocks{1})) ASSERT_EQ(x, 0.0F);
}

}  // namespace
}  // namespace roundelay::heard_stream_test
