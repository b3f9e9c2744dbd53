#include "codec/opus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

#include "tests/codec/test_sound.h"

namespace roundelay::opus_test {
namespace {

using Packet = std::vector<uint8_t>;

Packet encode(BlockEncoder& encoder, std::span<const float> block) {
  Packet packet(kMaxPacketBytes);
  packet.resize(static_cast<size_t>(encoder.encode(block, packet)));
  return packet;
}

std::vector<Packet> encode_all(const EncoderSettings& settings, std::span<const float> samples) {
  BlockEncoder encoder(settings);
  const auto block = static_cast<size_t>(kOpusBlock * settings.channels);
  std::vector<Packet> packets;
  for (size_t at = 0; at + block <= samples.size(); at += block) packets.push_back(encode(encoder, samples.subspan(at, block)));
  return packets;
}

std::vector<float> decode_all(const std::vector<Packet>& packets, int channels) {
  BlockDecoder decoder(channels);
  std::vector<float> samples;
  std::vector<float> block(static_cast<size_t>(kOpusBlock * channels));
  for (const Packet& packet : packets) {
    EXPECT_TRUE(decoder.decode(packet, block));
    samples.insert(samples.end(), block.begin(), block.end());
  }
  return samples;
}

bool all_zero(std::span<const float> samples) {
  return std::all_of(samples.begin(), samples.end(), [](float x) { return x == 0.0F; });
}

// CELT, full band, 20 ms (RFC 6716, table 2: configuration 31), one frame.
constexpr uint8_t kCelt20 = 31 << 3;

TEST(BlockEncoder, ReportsTheDelaysThatTheWholeSystemCountsOn) {
  EXPECT_EQ(BlockEncoder({.low_delay = true}).delay_samples(), kLowDelaySamples);
  EXPECT_EQ(BlockEncoder({.low_delay = false}).delay_samples(), kAudioDelaySamples);
  EXPECT_EQ(BlockEncoder({.channels = 2, .low_delay = false}).delay_samples(), kAudioDelaySamples);
}

TEST(BlockEncoder, DelaysSoundByExactlyWhatItReports) {
  for (const bool low_delay : {true, false}) {
    for (const int channels : {1, 2}) {
      const EncoderSettings settings = {.channels = channels, .bitrate = 96'000, .low_delay = low_delay};
      const std::vector<float> samples = test::sample(test::glide, 48'000, channels, 2);
      const std::vector<float> heard = decode_all(encode_all(settings, samples), channels);
      for (int c = 0; c < channels; ++c) {
        const auto found = test::align(test::channel_of(samples, channels, c), test::channel_of(heard, channels, c), 400);
        EXPECT_EQ(found.lag, low_delay ? kLowDelaySamples : kAudioDelaySamples) << channels << " channels, channel " << c;
        EXPECT_GT(found.correlation, 0.99);
      }
    }
  }
}

TEST(BlockEncoder, MakesBlockPacketsOfItsChannelCountInCeltOnly) {
  for (const bool low_delay : {true, false}) {
    for (const int channels : {1, 2}) {
      std::vector<float> samples = test::sample(test::glide, 48'000, channels, 1);
      samples.resize(samples.size() + static_cast<size_t>(10 * kOpusBlock * channels));  // then silence
      for (const Packet& packet : encode_all({.channels = channels, .low_delay = low_delay}, samples)) {
        ASSERT_TRUE(is_block_packet(packet));
        EXPECT_EQ(packet_is_stereo(packet), channels == 2);
        EXPECT_GE(packet[0] >> 3, 16) << "not CELT";
      }
    }
  }
}

TEST(BlockEncoder, KeepsDigitalSilenceAsShortAsTheShardsExpect) {
  const std::vector<float> silence(50 * kOpusBlock);
  const std::vector<Packet> packets = encode_all({}, silence);
  EXPECT_LE(packets.back().size(), static_cast<size_t>(kSilentPacketBytes));
}

TEST(BlockEncoder, KeepsNearItsBitrateAndUnderTheCapItIsGiven) {
  const std::vector<float> samples = test::sample(test::glide, 48'000, 1, 4);
  size_t bytes = 0;
  for (const Packet& packet : encode_all({.bitrate = 64'000}, samples)) bytes += packet.size();
  EXPECT_NEAR(static_cast<double>(bytes) * 8 / 4, 64'000, 16'000);

  BlockEncoder encoder({.bitrate = 256'000});
  std::array<uint8_t, 100> small{};
  for (size_t at = 0; at < samples.size() / 2; at += kOpusBlock) {
    const int len = encoder.encode(std::span(samples).subspan(at, kOpusBlock), small);
    ASSERT_GE(len, 1);
    ASSERT_LE(len, 100);
  }
}

TEST(BlockEncoder, RefusesLessThanABlock) {
  BlockEncoder encoder({});
  Packet packet(kMaxPacketBytes);
  EXPECT_EQ(encoder.encode(std::vector<float>(kOpusBlock - 1), packet), 0);
  EXPECT_EQ(encoder.encode(std::vector<float>(kOpusBlock), {}), 0);
}

TEST(BlockEncoder, MakesTheSamePacketsAgainAfterAReset) {
  const std::vector<float> samples = test::sample(test::glide, 48'000, 1, 0.5);
  BlockEncoder encoder({});
  std::vector<Packet> first;
  std::vector<Packet> second;
  for (auto* packets : {&first, &second}) {
    for (size_t at = 0; at < samples.size(); at += kOpusBlock) {
      packets->push_back(encode(encoder, std::span(samples).subspan(at, kOpusBlock)));
    }
    encoder.reset();
  }
  EXPECT_EQ(first, second);
}

TEST(BlockEncoder, ChangesItsComplexityOnTheWay) {
  const std::vector<float> samples = test::sample(test::glide, 48'000, 1, 0.5);
  BlockEncoder changed({.complexity = 10});
  changed.set_complexity(0);
  BlockEncoder low({.complexity = 0});
  BlockEncoder high({.complexity = 10});
  bool differs = false;
  for (size_t at = 0; at < samples.size(); at += kOpusBlock) {
    const auto block = std::span(samples).subspan(at, kOpusBlock);
    const Packet packet = encode(changed, block);
    EXPECT_EQ(packet, encode(low, block));
    differs = differs || packet != encode(high, block);
  }
  EXPECT_TRUE(differs);
}

TEST(BlockEncoderDeathTest, AbortsOnSettingsThatCannotBe) {
  EXPECT_DEATH(BlockEncoder({.channels = 3}), "");
  EXPECT_DEATH(BlockEncoder({.bitrate = 0}), "");
  EXPECT_DEATH(BlockEncoder({.complexity = 11}), "");
}

TEST(IsBlockPacket, TakesAnyFramesThatAddUpToOneBlock) {
  EXPECT_TRUE(is_block_packet(Packet{kCelt20, 1, 2, 3}));
  EXPECT_TRUE(is_block_packet(Packet{kCelt20}));                       // DTX
  EXPECT_TRUE(is_block_packet(Packet{(30 << 3) | 1, 1, 2, 3, 4}));     // two of 10 ms, of equal length
  EXPECT_TRUE(is_block_packet(Packet{(30 << 3) | 2, 1, 9, 8, 7}));     // two of 10 ms, of different length
  EXPECT_TRUE(is_block_packet(Packet{(29 << 3) | 3, 4, 1, 2, 3, 4}));  // four of 5 ms
  EXPECT_TRUE(is_block_packet(Packet{1 << 3, 1, 2, 3}));               // SILK, narrow band, 20 ms
  Packet longest(kMaxPacketBytes, 7);
  longest[0] = kCelt20;
  EXPECT_TRUE(is_block_packet(longest));
}

TEST(IsBlockPacket, RefusesOtherDurationsAndBrokenPackets) {
  EXPECT_FALSE(is_block_packet({}));
  EXPECT_FALSE(is_block_packet(Packet{30 << 3, 1, 2, 3}));                // 10 ms
  EXPECT_FALSE(is_block_packet(Packet{kCelt20 | 1, 1, 2, 3, 4}));         // 40 ms
  EXPECT_FALSE(is_block_packet(Packet{3 << 3, 1, 2, 3}));                 // SILK, 60 ms
  EXPECT_FALSE(is_block_packet(Packet{(29 << 3) | 3, 3, 1, 2, 3}));       // 15 ms
  EXPECT_FALSE(is_block_packet(Packet{(30 << 3) | 1, 1, 2, 3}));          // two equal frames of an odd number of bytes
  EXPECT_FALSE(is_block_packet(Packet{(30 << 3) | 2, 200, 1, 2}));        // the first frame reaches beyond the end
  EXPECT_FALSE(is_block_packet(Packet{(29 << 3) | 3}));                   // no frame count
  EXPECT_FALSE(is_block_packet(Packet{kCelt20 | 3, 0, 1, 2}));            // no frames
  EXPECT_FALSE(is_block_packet(Packet{kCelt20 | 3, 0x41, 255, 255, 1}));  // padding beyond the end
  Packet too_long(kMaxPacketBytes + 1, 7);
  too_long[0] = kCelt20;
  EXPECT_FALSE(is_block_packet(too_long));
}

TEST(PacketIsStereo, ReadsTheChannelBit) {
  EXPECT_FALSE(packet_is_stereo({}));
  EXPECT_FALSE(packet_is_stereo(Packet{kCelt20}));
  EXPECT_TRUE(packet_is_stereo(Packet{kCelt20 | 4}));
}

TEST(BlockDecoder, MixesAStereoPacketDownWhenItIsMono) {
  std::vector<float> samples = test::sample([](double t, int) { return test::glide(t, 0); }, 48'000, 2, 1);
  const std::vector<float> heard = decode_all(encode_all({.channels = 2, .bitrate = 128'000}, samples), 1);
  const auto found = test::align(test::channel_of(samples, 2, 0), heard, 200);
  EXPECT_EQ(found.lag, kLowDelaySamples);
  EXPECT_GT(found.correlation, 0.99);
}

TEST(BlockDecoder, ConcealsALostPacketAndGoesOnInStep) {
  const std::vector<float> samples = test::sample(test::glide, 48'000, 1, 2);
  std::vector<Packet> packets = encode_all({}, samples);
  packets[50].clear();
  const std::vector<float> heard = decode_all(packets, 1);
  EXPECT_FALSE(all_zero(std::span(heard).subspan(50 * kOpusBlock, kOpusBlock)));
  const auto after = std::span(heard).subspan(60 * kOpusBlock);
  EXPECT_EQ(test::align(std::span(samples).subspan(60 * kOpusBlock), after, 200).lag, kLowDelaySamples);
}

TEST(BlockDecoder, AnswersAPacketThatIsNotABlockWithSilence) {
  BlockDecoder decoder;
  std::vector<float> out(kOpusBlock, 0.5F);
  EXPECT_FALSE(decoder.decode(Packet{30 << 3, 1, 2, 3}, out));
  EXPECT_TRUE(all_zero(out));
  std::vector<float> short_out(kOpusBlock - 1, 0.5F);
  EXPECT_FALSE(decoder.decode(Packet{kCelt20, 1, 2, 3}, short_out));
  EXPECT_TRUE(all_zero(short_out));
}

// Random CELT packets drive the band energies, which add up from packet to packet, far beyond full scale.
TEST(BlockDecoder, LetsNothingOutThatIsNotASaneSample) {
  std::mt19937 random(7);
  for (const int channels : {1, 2}) {
    BlockDecoder decoder(channels);
    std::vector<float> out(static_cast<size_t>(kOpusBlock * channels));
    int stopped = 0;
    for (int i = 0; i < 4000; ++i) {
      Packet packet(1 + random() % 200);
      for (uint8_t& byte : packet) byte = static_cast<uint8_t>(random());
      packet[0] = static_cast<uint8_t>(kCelt20 | (random() % 2 == 0 ? 4 : 0));
      ASSERT_TRUE(is_block_packet(packet));
      const bool fine = decoder.decode(packet, out);
      for (const float x : out) ASSERT_TRUE(std::fabs(x) <= BlockDecoder::kSaneAmplitude);
      if (!fine) {
        ++stopped;
        ASSERT_TRUE(all_zero(out));
      }
    }
    EXPECT_GT(stopped, 0) << "no packet was wild enough to show it";
  }
}

TEST(BlockDecoder, IsAsGoodAsNewAfterAWildPacket) {
  BlockDecoder decoder;
  std::mt19937 random(11);
  std::vector<float> out(kOpusBlock);
  Packet wild(150);
  wild[0] = kCelt20;
  bool stopped = false;
  for (int i = 0; i < 10'000 && !stopped; ++i) {
    for (size_t k = 1; k < wild.size(); ++k) wild[k] = static_cast<uint8_t>(random());
    stopped = !decoder.decode(wild, out);
  }
  ASSERT_TRUE(stopped);
  const std::vector<float> samples = test::sample(test::glide, 48'000, 1, 0.5);
  const std::vector<Packet> packets = encode_all({}, samples);
  BlockDecoder fresh;
  std::vector<float> wanted(kOpusBlock);
  for (const Packet& packet : packets) {
    ASSERT_TRUE(decoder.decode(packet, out));
    ASSERT_TRUE(fresh.decode(packet, wanted));
    ASSERT_EQ(out, wanted);
  }
}

TEST(BlockDecoder, SurvivesAnyBytesThatLookLikeAPacket) {
  std::mt19937 random(3);
  BlockDecoder decoder(2);
  std::vector<float> out(2 * kOpusBlock);
  int blocks = 0;
  for (int i = 0; i < 20'000; ++i) {
    Packet packet(random() % 64);
    for (uint8_t& byte : packet) byte = static_cast<uint8_t>(random());
    if (is_block_packet(packet)) ++blocks;
    (void)decoder.decode(packet, out);
    for (const float x : out) ASSERT_TRUE(std::fabs(x) <= BlockDecoder::kSaneAmplitude);
  }
  EXPECT_GT(blocks, 1000);
}

// What comes out of an encoder that was fed nonsense is a packet like any other, and must not carry the nonsense on.
TEST(BlockDecoder, StopsWhatAnEncoderMakesOfNanAndInfinity) {
  for (const float poison : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1e30F}) {
    BlockEncoder encoder({});
    BlockDecoder decoder;
    std::vector<float> in(kOpusBlock, poison);
    std::vector<float> out(kOpusBlock);
    for (int i = 0; i < 20; ++i) {
      const Packet packet = encode(encoder, in);
      (void)decoder.decode(packet, out);
      for (const float x : out) ASSERT_TRUE(std::fabs(x) <= BlockDecoder::kSaneAmplitude);
    }
  }
}

}  // namespace
}  // namespace roundelay::opus_test
