#include "server/shard/voice_levels.h"

#include <gtest/gtest.h>

namespace roundelay::voice_levels_test {
namespace {

TEST(VoiceLevels, TellsHowLoudSheWasSinceItWasAskedLast) {
  VoiceLevels levels;
  EXPECT_FALSE(levels.take()) << "nothing came";
  for (int b = 0; b < 10; ++b) levels.add(b == 3 ? 0.5F : 0.25F, 0.01F, 2);
  const auto first = levels.take();
  ASSERT_TRUE(first);
  EXPECT_NEAR(first->peak_db, -6.02, 0.01);
  EXPECT_NEAR(first->level_db, -20, 0.01);
  EXPECT_NEAR(first->after_db, -13.98, 0.01);
  EXPECT_EQ(first->clips, 0);
  EXPECT_FALSE(levels.take());
  levels.add(1.0F, 0.25F, 0);
  levels.add(0, 0, 1);
  const auto second = levels.take();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->clips, 1);
  EXPECT_EQ(second->after_db, VoiceLevels::kLeastDb);
}

TEST(VoiceLevels, TheNoiseIsWhatIsLeftWhileSheDoesNotSing) {
  VoiceLevels levels;
  const auto seconds = [&](int count, float mean_square) {
    for (int b = 0; b < count * 50; ++b) levels.add(0.1F, mean_square, 1);
  };
  seconds(2, 1e-2F);
  seconds(1, 1e-6F);
  EXPECT_FALSE(levels.take()->noise_db) << "too early to say";
  seconds(3, 1e-2F);
  EXPECT_NEAR(*levels.take()->noise_db, -60, 0.1);
  seconds(12, 1e-3F);
  EXPECT_NEAR(*levels.take()->noise_db, -30, 0.1) << "what is long ago is forgotten";
}

}  // namespace
}  // namespace roundelay::voice_levels_test
