#include "server/singer/voice_stream.h"

#include <gtest/gtest.h>

#include "server/robots/robot_choir.h"
#include "tests/server/singer/sound_checks.h"

namespace roundelay::voice_stream_test {
namespace {

constexpr Position kStart{96'000};

struct Decoded {
  std::vector<float> samples;   // from `from` on; silence for blocks left out
  std::vector<size_t> lengths;  // of the packets
};

// As the server does it: a block of length 0 is silence and is not shown to the decoder, but if `fresh_after_silence` the decoder
// starts anew.
Decoded send_and_decode(VoiceStream& stream, Position from, int blocks, BlockDecoder& decoder, bool fresh_after_silence) {
  Decoded out;
  for (int b = 0; b < blocks; ++b) {
    std::array<float, kOpusBlock> block{};
    const auto packet = stream.packet(from + Blocks{b});
    if (!packet.empty()) {
      if (fresh_after_silence && !out.lengths.empty() && out.lengths.back() == 0) decoder.reset();
      EXPECT_TRUE(decoder.decode(packet, block));
    }
    out.lengths.push_back(packet.size());
    out.samples.insert(out.samples.end(), block.begin(), block.end());
  }
  return out;
}

std::vector<float> steady_voice() {  // the bass, cut out of the middle of the round: sounds from its first sample on
  const std::vector<float> part = render_robot_part(6);
  const auto from = part.begin() + kRoundBeginSamples + 8 * kPhraseSamples + 5000;
  return {from, from + 40 * kOpusBlock};
}

TEST(VoiceStream, PutsAClickOnItsSample) {
  for (const bool low_delay : {true, false}) {
    for (const size_t at : {size_t{5 * 960}, size_t{5 * 960 + 1}, size_t{5 * 960 + 119}, size_t{5 * 960 + 120},
                            size_t{5 * 960 + 500}, size_t{5 * 960 + 959}}) {
      VectorVoice voice(std::vector<float>(20 * kOpusBlock));
      voice.samples[at] = 0.8F;
      VoiceStream::Settings settings;
      settings.encoder.low_delay = low_delay;
      VoiceStream stream(voice, settings);
      stream.begin_song(kStart);
      BlockDecoder decoder;
      const Decoded got = send_and_decode(stream, kStart, 20, decoder, false);
      EXPECT_EQ(loudest_sample(got.samples), at) << "low delay " << low_delay;
      EXPECT_GT(got.samples[at], 0.5F);
    }
  }
}

TEST(VoiceStream, IsRightFromTheSongsStartOnButForTheCodecsFirstSamples) {
  VectorVoice voice(steady_voice());
  VoiceStream stream(voice, {});
  stream.begin_song(kStart);
  BlockDecoder decoder;
  const Decoded got = send_and_decode(stream, kStart, 20, decoder, false);
  const auto wanted = std::span<const float>(voice.samples);
  EXPECT_GT(snr_db(wanted.subspan(kLowDelaySamples, 960 - kLowDelaySamples), std::span(got.samples).subspan(kLowDelaySamples)),
            20);
  for (size_t b = 1; b < 20; ++b)
    EXPECT_GT(snr_db(wanted.subspan(b * 960, 960), std::span(got.samples).subspan(b * 960)), 17) << "block " << b;
}

TEST(VoiceStream, LeavesSilenceOutAfterTwoBlocksThatEndTheSound) {
  VectorVoice voice(std::vector<float>(40 * kOpusBlock));
  const std::vector<float> sound = steady_voice();
  std::copy_n(sound.begin(), 5 * 960 + 400, voice.samples.begin() + 4 * 960);  // the encoder hears it up to block 9
  VoiceStream stream(voice, {});
  stream.begin_song(kStart);
  BlockDecoder decoder;
  const Decoded got = send_and_decode(stream, kStart, 40, decoder, false);
  for (size_t b = 0; b < 3; ++b) EXPECT_EQ(got.lengths[b], 0U) << b;
  for (size_t b = 3; b < 12; ++b) EXPECT_GT(got.lengths[b], 0U) << b;  // block 3's input has the first 120 samples
  EXPECT_LE(got.lengths[11], static_cast<size_t>(kSilentPacketBytes));
  for (size_t b = 12; b < 40; ++b) EXPECT_EQ(got.lengths[b], 0U) << b;
  EXPECT_GT(snr_db(std::span(voice.samples).subspan(4 * 960, 8 * 960), std::span(got.samples).subspan(4 * 960)), 20);
}

TEST(VoiceStream, ComesBackFromSilenceExactlyWhateverTheServerDoesWithItsDecoder) {
  for (const bool fresh : {false, true}) {
    VectorVoice voice(std::vector<float>(40 * kOpusBlock));
    const std::vector<float> sound = steady_voice();
    std::copy_n(sound.begin(), 5 * 960, voice.samples.begin());
    std::copy_n(sound.begin() + 7 * 960, 10 * 960, voice.samples.begin() + 20 * 960 + 130);
    VoiceStream stream(voice, {});
    stream.begin_song(kStart);
    BlockDecoder decoder;
    const Decoded got = send_and_decode(stream, kStart, 40, decoder, fresh);
    EXPECT_EQ(got.lengths[15], 0U);
    for (size_t b = 20; b < 31; ++b) {
      EXPECT_GT(snr_db(std::span(voice.samples).subspan(b * 960, 960), std::span(got.samples).subspan(b * 960)),
                b == 30 ? 10 : 20)
          << "block " << b << " fresh " << fresh;
    }
  }
}

TEST(VoiceStream, SendsSilenceTooIfAskedTo) {
  VectorVoice voice({});
  VoiceStream::Settings settings;
  settings.skip_silence = false;
  VoiceStream stream(voice, settings);
  stream.begin_song(kStart);
  for (int b = 0; b < 10; ++b) EXPECT_FALSE(stream.packet(kStart + Blocks{b}).empty()) << b;
}

TEST(VoiceStream, FadesInAtAnotherPositionAndLeavesNothingOfWhatTheDecoderHeld) {
  VectorVoice voice(steady_voice());
  VoiceStream stream(voice, {});
  stream.begin_song(kStart);
  BlockDecoder decoder;
  (void)send_and_decode(stream, kStart, 5, decoder, false);
  const Decoded got = send_and_decode(stream, kStart + Blocks{20}, 15, decoder, false);  // moved to another bucket
  EXPECT_LE(got.lengths[0], static_cast<size_t>(kSilentPacketBytes));
  EXPECT_GT(got.lengths[1], 0U);
  // After the codec's overlap the first block is silent, and nothing is louder than the voice.
  for (size_t i = 2 * kLowDelaySamples; i < 960; ++i) ASSERT_NEAR(got.samples[i], 0, 1e-3) << i;
  for (size_t b = 2; b < 15; ++b) {
    EXPECT_GT(snr_db(std::span(voice.samples).subspan((20 + b) * 960, 960), std::span(got.samples).subspan(b * 960)), 17)
        << "block " << b;
  }
}

TEST(VoiceStream, SingsTheNextSongFromItsOwnStart) {
  VectorVoice voice(std::vector<float>(10 * kOpusBlock));
  voice.samples[3 * 960 + 300] = 0.8F;
  VoiceStream stream(voice, {});
  for (const Position start : {kStart, kStart + Blocks{500}}) {
    stream.begin_song(start);
    BlockDecoder decoder;
    EXPECT_EQ(loudest_sample(send_and_decode(stream, start, 8, decoder, false).samples), 3U * 960 + 300);
  }
}

}  // namespace
}  // namespace roundelay::voice_stream_test
