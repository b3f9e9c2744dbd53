#include "server/robots/round_score.h"

#include <gtest/gtest.h>

namespace roundelay::round_score_test {
namespace {

TEST(RoundScore, LetsEachPartEnterAPhraseLater) {
  for (int part = 0; part < kRoundParts; ++part) {
    EXPECT_EQ(round_notes(part, false).front().start, kRoundBeginSamples + part * kPhraseSamples);
  }
}

TEST(RoundScore, HasNotesInARowAndAllPartsInTheLastChord) {
  for (int part = 0; part < kRoundParts; ++part) {
    for (const bool second : {false, true}) {
      const std::vector<Note> notes = round_notes(part, second);
      for (size_t i = 1; i < notes.size(); ++i)
        ASSERT_EQ(notes[i].start, notes[i - 1].start + notes[i - 1].length) << "part " << part << " note " << i;
      EXPECT_EQ(notes.back().start, kChordBeginSamples);
      EXPECT_EQ(notes.back().length, kChordSamples);
      EXPECT_LE(notes.back().start + notes.back().length, kRoundSamples);
    }
  }
}

TEST(RoundScore, IsARound) {
  // Where two parts both sing, the later sings what the earlier sang a phrase before, for as long as the melody lasts.
  const std::vector<Note> first = round_notes(0, false);
  const std::vector<Note> second = round_notes(1, false);
  const size_t melody = 2 * (4 + 3 + 6 + 3);
  for (size_t i = 0; i < 3 * melody; ++i) {
    EXPECT_EQ(second[i].start, first[i].start + kPhraseSamples);
    EXPECT_EQ(second[i].semitones, first[i].semitones);
    EXPECT_EQ(first[i].semitones, first[i % melody].semitones);
  }
}

TEST(RoundScore, LastsAboutAMinute) {
  EXPECT_GT(kRoundSamples, 60 * 48'000);
  EXPECT_LT(kRoundSamples, 70 * 48'000);
}

}  // namespace
}  // namespace roundelay::round_score_test
