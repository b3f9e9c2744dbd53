#include "codec/downmix.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace roundelay::downmix_test {
namespace {

std::vector<float> mixed(const std::vector<float>& frame) {
  std::vector<float> out;
  std::vector<Speaker> speakers;
  for (size_t c = 0; c < frame.size(); ++c) speakers.push_back(usual_speaker(c, frame.size()));
  downmix(frame, speakers, std::min<size_t>(frame.size(), 2), out);
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

TEST(Downmix, GoesByWhereTheSpeakersAre) {
  const std::vector<float> frame = {0, 1, 0, 0, 0, 0};  // as Vorbis orders them
  std::vector<float> out;
  downmix(frame,
          std::vector<Speaker>{Speaker::kLeft, Speaker::kCentre, Speaker::kRight, Speaker::kLeftRear, Speaker::kRightRear,
                               Speaker::kLowFrequencies},
          2, out);
  EXPECT_EQ(out, mixed({0, 0, 1, 0, 0, 0}));
}

TEST(Downmix, MakesMonoOfStereoAndStereoOfMono) {
  std::vector<float> out;
  downmix(std::vector<float>{0.5F, -0.25F}, std::vector<Speaker>{Speaker::kLeft, Speaker::kRight}, 1, out);
  downmix(std::vector<float>{0.5F}, std::vector<Speaker>{Speaker::kCentre}, 2, out);
  EXPECT_EQ(out, (std::vector<float>{0.125F, 0.5F, 0.5F}));
}

}  // namespace
}  // namespace roundelay::downmix_test
