// Songs as people sing them: who is late is told how late, and of whom nothing can be known nothing is told.
#include <gtest/gtest.h>

#include "tests/server/timing/judged_song.h"

namespace roundelay::test_parts::timing_songs_test {
namespace {

SongScene clear(SongKind kind, double late_ms) {
  return {.seed = 5, .kind = kind, .seconds = 60, .group = 3, .late_ms = late_ms};
}

TEST(TimingOfSongs, ASingerWhoIsLateOrEarlyAmongOthersIsToldSoToWithin15Ms) {
  for (const auto& [kind, late_ms] : {std::pair(SongKind::kSyllabic, 60.0), std::pair(SongKind::kStaccato, -90.0)}) {
    SCOPED_TRACE(name_of(kind));
    const JudgedSong judged = judge(clear(kind, late_ms));
    EXPECT_TRUE(judged.judgement.certain) << judged.judgement.error_ms;
    EXPECT_NEAR(judged.error_ms, 0, kMostErrorMs);
  }
}

// What she sings and what her microphone hears of the others are two answers. Neither may be told as if it were the other.
TEST(TimingOfSongs, WhoseMicrophoneHearsTheOthersIsToldNothingHoweverLouderSheIs) {
  for (const double leak_db : {-12.0, -9.0, -6.0}) {
    SongScene scene = any_scene(70'001, SongKind::kSyllabic, SingerKind::kWithGroup, -57.7);
    scene.leak_db = leak_db;
    scene.leak_ms = -28.8;
    const JudgedSong judged = judge(scene);
    EXPECT_FALSE(judged.judgement.certain) << leak_db << " dB: off by " << judged.error_ms << ", " << judged.judgement.copied;
  }
}

TEST(TimingOfSongs, WhoSingsSomethingElseOrSpeaksIsToldNothing) {
  for (const SingerKind singer : {SingerKind::kOtherSong, SingerKind::kSpeech, SingerKind::kNoise}) {
    SongScene scene = clear(SongKind::kSyllabic, 40);
    scene.singer = singer;
    scene.group = 1;
    EXPECT_FALSE(judge(scene).judgement.certain) << name_of(singer);
  }
}

TEST(TimingOfSongs, ASongOfEqualFastNotesIsTooAmbiguousToTell) {
  SongScene scene = clear(SongKind::kSteadyBeat, 60);
  scene.group = 1;
  EXPECT_FALSE(judge(scene).judgement.certain);
}

}  // namespace
}  // namespace roundelay::test_parts::timing_songs_test
