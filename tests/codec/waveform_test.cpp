#include "codec/waveform.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace roundelay::waveform_test {
namespace {

TEST(Waveform, HasTheLoudnessOfEachPartOfASoundHoweverItComes) {
  // Four parts of 10 s each: silence, a square wave of a half, silence, full scale and beyond in one sample of the right alone.
  constexpr size_t kPartFrames = 480'000;
  std::vector<float> sound(2 * 4 * kPartFrames);
  for (size_t i = 2 * kPartFrames; i < 4 * kPartFrames; ++i) sound[i] = i % 4 < 2 ? 0.5F : -0.5F;
  sound[2 * (3 * kPartFrames + kPartFrames / 2) + 1] = -1.5F;
  WaveformMeter whole(2), pieces(2);
  whole.add(sound);
  for (size_t at = 0; at < sound.size(); at += 2 * 1'001)
    pieces.add(std::span(sound).subspan(at, std::min<size_t>(2 * 1'001, sound.size() - at)));
  EXPECT_EQ(whole.frames(), static_cast<int64_t>(4 * kPartFrames));
  const Waveform shape = whole.shape();
  ASSERT_EQ(shape.peaks.size(), kWaveformPoints);
  ASSERT_EQ(shape.rms.size(), kWaveformPoints);
  EXPECT_EQ(bytes_of(pieces.shape()), bytes_of(shape));
  constexpr size_t kQuarter = kWaveformPoints / 4;
  for (size_t i = 0; i < kWaveformPoints; ++i) {
    const bool at_an_edge = i % kQuarter == 0 || i % kQuarter == kQuarter - 1;
    if (i / kQuarter == 1 && !at_an_edge) {
      EXPECT_EQ(shape.peaks[i], 128) << i;
      EXPECT_EQ(shape.rms[i], 128) << i;
    } else if (i / kQuarter != 1 && !at_an_edge && std::abs(static_cast<int>(i) - 700) > 1) {
      EXPECT_EQ(shape.peaks[i], 0) << i;
    }
  }
  EXPECT_EQ(*std::max_element(shape.peaks.begin() + 698, shape.peaks.begin() + 702), 255);
  EXPECT_LT(*std::max_element(shape.rms.begin() + 698, shape.rms.begin() + 702), 20);
}

TEST(Waveform, OfAShortSoundHasFewerPoints) {
  WaveformMeter meter(1);
  EXPECT_TRUE(meter.shape().peaks.empty());
  meter.add(std::vector<float>(65, 1.0F));
  EXPECT_EQ(meter.shape().peaks, (std::vector<uint8_t>{255, 255}));
  EXPECT_EQ(meter.shape().rms, (std::vector<uint8_t>{255, 255}));
}

TEST(Waveform, LiesInAFileOfAnEvenNumberOfBytes) {
  EXPECT_EQ(bytes_of({.peaks = {3, 4}, .rms = {1, 2}}), (std::vector<uint8_t>{3, 4, 1, 2}));
  EXPECT_TRUE(is_waveform_size(2));
  EXPECT_TRUE(is_waveform_size(1'600));
  for (const int64_t bytes : {int64_t{-1}, int64_t{0}, int64_t{3}, int64_t{1'602}})
    EXPECT_FALSE(is_waveform_size(bytes)) << bytes;
}

}  // namespace
}  // namespace roundelay::waveform_test
