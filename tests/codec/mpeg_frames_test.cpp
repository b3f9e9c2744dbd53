#include "codec/mpeg_frames.h"

#include <gtest/gtest.h>

#include "tests/codec/test_sound.h"

namespace roundelay::mpeg_frames_test {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(MpegFrame, IsReadFromItsHeader) {
  const auto mp3 = mpeg_frame(Bytes{0xFF, 0xFB, 0x90, 0x00});
  ASSERT_TRUE(mp3);
  EXPECT_EQ(mp3->layer, 3);
  EXPECT_EQ(mp3->rate, 44'100);
  EXPECT_EQ(mp3->samples, 1'152);
  EXPECT_EQ(mp3->bytes, 417);
  const auto aac = mpeg_frame(Bytes{0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC});
  ASSERT_TRUE(aac);
  EXPECT_EQ(aac->layer, 4);
  EXPECT_EQ(aac->rate, 44'100);
  EXPECT_EQ(aac->bytes, 16);
  for (const Bytes& none : {Bytes{}, Bytes{0xFF}, Bytes{0xFF, 0xFF, 0xFF, 0xFF}, Bytes{0xFF, 0xFB, 0x00, 0x00}}) {
    EXPECT_FALSE(mpeg_frame(none));
  }
}

TEST(MpegStream, CountsTheSoundWithoutWhatTheEncoderAdded) {
  for (const int channels : {1, 2}) {
    for (const int rate : {22'050, 44'100}) {
      const Bytes file = test::sound_file(test::kMp3, rate, channels, test::sample(test::glide, rate, channels, 2));
      const test::MemoryFile memory(file);
      FileView view(memory.fd(), static_cast<int64_t>(file.size()));
      const MpegStream stream = follow_mpeg_stream(view, 0, view.size());
      EXPECT_EQ(stream.samples, 2 * rate) << rate << " Hz, " << channels << " channels";
      EXPECT_EQ(stream.end, view.size());
      EXPECT_FALSE(stream.hole_after_samples);
    }
  }
}

TEST(MpegStream, TellsOfAHole) {
  Bytes file = test::sound_file(test::kMp3, 44'100, 1, test::sample(test::glide, 44'100, 1, 10));
  std::fill_n(file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2), 10'000, uint8_t{0});
  const test::MemoryFile memory(file);
  FileView view(memory.fd(), static_cast<int64_t>(file.size()));
  const MpegStream stream = follow_mpeg_stream(view, 0, view.size());
  ASSERT_TRUE(stream.hole_after_samples);
  EXPECT_NEAR(static_cast<double>(*stream.hole_after_samples), 5 * 44'100, 44'100);
}

}  // namespace
}  // namespace roundelay::mpeg_frames_test
