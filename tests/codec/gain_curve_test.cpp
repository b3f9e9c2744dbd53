#include "codec/gain_curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace roundelay::gain_curve_test {
namespace {

TEST(GainCurve, IsLevelWhereNothingPeaks) {
  const std::vector<float> peaks(100, 0.2F);
  for (const float gain : limiting_curve(peaks, 2, 0.9F)) EXPECT_EQ(gain, 2);
}

TEST(GainCurve, NoSampleComesAboveTheCeilingAndNoGainJumps) {
  constexpr size_t kHops = 500;
  std::vector<float> sound(kHops * kCurveHop, 0.3F);
  for (const size_t click : {5UL, 20'000UL, 20'050UL, 31'000UL, sound.size() - 1}) sound[click] = 3;
  std::vector<float> peaks(kHops);
  for (size_t i = 0; i < sound.size(); ++i) peaks[i / kCurveHop] = std::max(peaks[i / kCurveHop], sound[i]);
  const auto curve = limiting_curve(peaks, 1.5F, 0.9F);
  ASSERT_EQ(curve.size(), kHops);

  // In pieces as in one.
  std::vector<float> whole = sound;
  apply_curve(whole, 1, 0, curve);
  std::vector<float> pieces = sound;
  for (size_t at = 0; at < pieces.size(); at += 1'000)
    apply_curve(std::span(pieces).subspan(at, std::min<size_t>(1'000, pieces.size() - at)), 1, at, curve);
  EXPECT_EQ(pieces, whole);
  EXPECT_LE(*std::max_element(whole.begin(), whole.end()), 0.9F * 1.0001F);
  EXPECT_GT(*std::max_element(whole.begin(), whole.end()), 0.85F);
  float steepest = 0;
  for (size_t i = 1; i < sound.size(); ++i) {
    if (sound[i] == 0.3F && sound[i - 1] == 0.3F) steepest = std::max(steepest, std::fabs(whole[i] - whole[i - 1]));
  }
  EXPECT_LT(steepest, 0.001F);
  // Between the peaks it comes back.
  EXPECT_GT(*std::max_element(curve.begin() + 100, curve.begin() + 200), 1.1F);
}

TEST(GainCurve, OfNothingIsNothing) {
  EXPECT_TRUE(limiting_curve({}, 1, 0.9F).empty());
  std::vector<float> sound(10, 1.0F);
  apply_curve(sound, 1, 0, {});
  EXPECT_EQ(sound, std::vector<float>(10, 1.0F));
}

}  // namespace
}  // namespace roundelay::gain_curve_test
