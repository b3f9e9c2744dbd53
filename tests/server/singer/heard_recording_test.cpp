#include "server/singer/heard_recording.h"

#include <gtest/gtest.h>

#include <array>

namespace roundelay::heard_recording_test {
namespace {

constexpr Position kStart{96'000};

TEST(HeardRecording, HasEachSampleAtItsPosition) {
  HeardRecording recording(kStart);
  const std::array<float, 3> three = {1, 2, 3};
  recording.add_mix({kStart.samples - 1}, three);  // the first was before the start
  recording.add_mix({kStart.samples + 10}, three);
  const std::array<float, 4> stereo = {4, 5, 6, 7};
  recording.add_backing({kStart.samples + 1}, stereo);
  const Position end{kStart.samples + 12};
  EXPECT_EQ(recording.mix(end), (std::vector<float>{2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2}));
  const std::vector<float> backing = recording.backing(end);
  ASSERT_EQ(backing.size(), 24U);
  EXPECT_EQ(backing[2], 4);
  EXPECT_EQ(backing[5], 7);
}

TEST(HeardRecording, SumsAsABrowserDoes) {
  HeardRecording recording(kStart);
  recording.add_mix(kStart, std::array<float, 1>{0.5F});
  recording.add_backing(kStart, std::array<float, 2>{1.0F, 0.5F});
  const Position end{kStart.samples + 1};
  EXPECT_EQ(recording.sum(end, 0.5F, 1, 2), (std::vector<float>{1.0F, 0.75F}));
  EXPECT_EQ(recording.sum(end, 0.5F, 1, 1), (std::vector<float>{0.875F}));
}

TEST(HeardRecording, CountsWhatNeverCame) {
  HeardRecording recording(kStart);
  for (const int b : {-4, 3, 4, 6, 9}) recording.count_block(kStart + Blocks{b});
  const auto open = recording.counts(std::nullopt);
  EXPECT_EQ(open.blocks, 4);
  EXPECT_EQ(open.before, 3);
  EXPECT_EQ(open.missing, 3);  // 5, 7, 8
  const auto closed = recording.counts(kStart + Blocks{12});
  EXPECT_EQ(closed.missing, 5);  // and 10, 11
  EXPECT_EQ(recording.mix(std::nullopt).size(), 10U * 960);
}

}  // namespace
}  // namespace roundelay::heard_recording_test
