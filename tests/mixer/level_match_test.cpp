#include "mixer/level_match.h"

#include <gtest/gtest.h>

#include <cmath>

namespace roundelay::level_match_test {
namespace {

constexpr int kSecond = 50;  // blocks

float power(double level_db) {
  return static_cast<float>(std::pow(10, level_db / 10));
}

// The level with which a voice of this level is heard after so many seconds of singing.
double heard_after(LevelMatch& match, double level_db, int seconds) {
  float before = match.factor();
  for (int b = 0; b < seconds * kSecond; ++b) {
    const float factor = match.next(power(level_db), true);
    EXPECT_LE(std::abs(20 * std::log10(factor / before)), LevelMatch::kStepDb * 1.01) << "never in steps";
    before = factor;
  }
  return level_db + 20 * std::log10(match.factor());
}

TEST(LevelMatch, VoicesTwentyDecibelsApartAreEquallyLoudAfterSomeSeconds) {
  LevelMatch loud;
  LevelMatch soft;
  const double loud_db = heard_after(loud, LevelMatch::kTargetDb + 10, 11);
  const double soft_db = heard_after(soft, LevelMatch::kTargetDb - 10, 11);
  EXPECT_NEAR(loud_db, soft_db, 1.5);
  EXPECT_NEAR(loud_db, LevelMatch::kTargetDb, 0.75);
}

TEST(LevelMatch, GoesADecibelASecondAndNoFurtherThanItsBounds) {
  LevelMatch match;
  EXPECT_NEAR(heard_after(match, -40, 3), -37.5, 0.2) << "the first half second is only listened to";
  EXPECT_NEAR(heard_after(match, -40, 30), -40 + LevelMatch::kMostDb, 0.01);
  LevelMatch loud;
  EXPECT_NEAR(heard_after(loud, 0, 30), -LevelMatch::kMostDb, 0.01);
}

TEST(LevelMatch, SilenceHissAndBreathsChangeNothing) {
  LevelMatch match;
  heard_after(match, -30, 6);
  const float factor = match.factor();
  for (const double level_db : {-47.0, -51.0, -70.0, -120.0}) {
    for (int b = 0; b < 2 * kSecond; ++b) EXPECT_EQ(match.next(power(level_db), true), factor) << level_db;
  }
  LevelMatch nobody;
  for (int b = 0; b < 60 * kSecond; ++b) EXPECT_EQ(nobody.next(0, true), 1.0F);
}

TEST(LevelMatch, GoesBackAsSlowlyWhenItIsSwitchedOff) {
  LevelMatch match;
  heard_after(match, -30, 4);
  const float factor = match.factor();
  EXPECT_TRUE(match.active());
  EXPECT_NEAR(20 * std::log10(match.next(0, false) / factor), -LevelMatch::kStepDb, 1e-3);
  for (int b = 0; b < 10 * kSecond; ++b) match.next(0, false);
  EXPECT_EQ(match.factor(), 1.0F);
  EXPECT_FALSE(match.active());
}

}  // namespace
}  // namespace roundelay::level_match_test
