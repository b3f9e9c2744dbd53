#include "codec/downmix.h"

#include <gtest/gtest.h>

namespace roundelay {
namespace {

std::vector<float> mixed(const std::vector<float>& frame) {
  std::vector<float> out;
  downmix(frame, static_cast<int>(frame.size()), out);
  return out;
}

TEST(Downmix, LeavesMonoAndStereoAlone) {
  EXPECT_EQ(mixed({0.5F}), (std::vector<float>{0.5F}));
  EXPECT_EQ(mixed({0.5F, -0.25F}), (std::vector<float>{0.5F, -0.25F}));
}

TEST(Downmix, KeepsTheSidesApartAndFullScaleFull) {
  for (size_t channels = 3; channels <= 12; ++channels) {
    for (size_t c = 0; c < 2; ++c) {
      std::vector<float> frame(channels);
      frame[c] = 1.0F;
      const auto out = mixed(frame);
      ASSERT_EQ(out.size(), 2U);
      EXPECT_GT(out[c], 0.15F) << channels;
      EXPECT_EQ(out[1 - c], 0.0F) << channels;
    }
    for (const float x : mixed(std::vector<float>(channels, 1.0F))) EXPECT_NEAR(x, 1.0F, 1e-6F) << channels;
  }
}

TEST(Downmix, PutsTheCentreInTheMiddleAndLeavesLowFrequenciesOut) {
  const auto centre = mixed({0, 0, 1, 0, 0, 0});
  EXPECT_GT(centre[0], 0.2F);
  EXPECT_EQ(centre[0], centre[1]);
  EXPECT_EQ(mixed({0, 0, 0, 1, 0, 0}), (std::vector<float>{0, 0}));
  EXPECT_GT(mixed({0, 0, 0, 0, 1, 0})[0], 0.2F);
  EXPECT_EQ(mixed({0, 0, 0, 0, 1, 0})[1], 0.0F);
}

}  // namespace
}  // namespace roundelay
