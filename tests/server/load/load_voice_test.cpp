#include "server/load/load_voice.h"

#include <gtest/gtest.h>

#include <array>

#include "codec/opus.h"
#include "mixer/gain.h"

namespace roundelay::load_voice_test {
namespace {

TEST(LoadVoice, SoundsAllTheTimeAndIsRealWorkForADecoder) {
  const LoadVoice voice(5, 2, 64'000);
  ASSERT_EQ(voice.size(), 100U);
  BlockDecoder decoder;
  size_t bytes = 0;
  int silent = 0;
  for (int64_t b = 0; b < 100; ++b) {
    std::array<float, kOpusBlock> block;
    ASSERT_TRUE(is_block_packet(voice.packet(b)));
    ASSERT_TRUE(decoder.decode(voice.packet(b), block));
    bytes += voice.packet(b).size();
    silent += voice.packet(b).size() <= kSilentPacketBytes || peak_of(block) < 1e-3F ? 1 : 0;
  }
  EXPECT_LE(silent, 3);
  EXPECT_NEAR(static_cast<double>(bytes) * 8 / 2, 64'000, 10'000);
}

TEST(LoadVoice, IsDifferentForEachSinger) {
  const LoadVoice a(0, 1, 64'000);
  const LoadVoice b(4, 1, 64'000);  // the same kind of voice
  int same = 0;
  for (int64_t i = 0; i < 50; ++i) same += std::ranges::equal(a.packet(i), b.packet(i)) ? 1 : 0;
  EXPECT_LE(same, 2);
}

TEST(LoadVoice, RepeatsAfterItsLastPacket) {
  const LoadVoice voice(1, 1, 64'000);
  EXPECT_TRUE(std::ranges::equal(voice.packet(3), voice.packet(53)));
}

}  // namespace
}  // namespace roundelay::load_voice_test
