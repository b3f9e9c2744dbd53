// Hundreds of songs of all kinds, by seeds on which nothing was tuned: never a wrong number, and one for most of the clear songs.
// ROUNDELAY_FIRST_SEED and ROUNDELAY_SONGS take others.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>

#include "tests/server/timing/judged_song.h"

namespace roundelay::test_parts::timing_sweep_test {
namespace {

uint32_t number_of(const char* name, uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<uint32_t>(std::strtoul(text, nullptr, 10));
}

// Three of five sing with the group, one of them with the group's sound in her microphone at half her lateness.
SongScene scene_of(uint32_t seed) {
  const auto kind = static_cast<SongKind>(seed % 5);
  const uint32_t turn = seed / 5 % 10;
  const auto singer = turn < 6 ? SingerKind::kWithGroup : static_cast<SingerKind>(1 + (seed / 50 * 4 + turn - 6) % 6);
  const double late_ms = -120 + 240 * static_cast<double>(seed * 2'654'435'761U >> 8 & 0xFFFF) / 65'535;
  SongScene scene = any_scene(seed, kind, singer, late_ms);
  if (turn == 5) {
    scene.leak_db = -18;
    scene.leak_ms = late_ms / 2;
  }
  return scene;
}

TEST(TimingSweep, NeverAWrongNumberAndOneForMostClearSongs) {
  const uint32_t first = number_of("ROUNDELAY_FIRST_SEED", 50'000);
  const uint32_t songs = number_of("ROUNDELAY_SONGS", 300);
  struct Tally {
    int songs = 0;
    int certain = 0;
    double worst_ms = 0;
    double squares = 0;
  };
  std::map<std::string, Tally> tallies;
  Tally clear;
  for (uint32_t seed = first; seed < first + songs; ++seed) {
    const SongScene scene = scene_of(seed);
    const JudgedSong judged = judge(scene);
    EXPECT_FALSE(is_wrong(scene, judged)) << "seed " << seed << ", " << name_of(scene.kind) << ", " << name_of(scene.singer)
                                          << ": late by " << scene.late_ms << ", told " << judged.judgement.late_ms << ", copied "
                                          << judged.judgement.copied;
    const bool with_group = scene.singer == SingerKind::kWithGroup;
    Tally& tally = tallies[with_group ? name_of(scene.kind) : name_of(scene.singer)];
    for (Tally* each : {&tally, with_group && scene.kind != SongKind::kSteadyBeat ? &clear : nullptr}) {
      if (each == nullptr) continue;
      ++each->songs;
      if (!judged.judgement.certain) continue;
      ++each->certain;
      each->worst_ms = std::max(each->worst_ms, std::abs(judged.error_ms));
      each->squares += judged.error_ms * judged.error_ms;
    }
  }
  for (const auto& [name, tally] : tallies)
    printf("%-16s %3d songs, %3d certain, worst %5.1f ms, rms %4.1f ms\n", name.c_str(), tally.songs, tally.certain,
           tally.worst_ms, std::sqrt(tally.squares / std::max(tally.certain, 1)));
  EXPECT_GE(clear.certain, clear.songs * 2 / 3) << "of " << clear.songs;
  EXPECT_LT(std::sqrt(clear.squares / std::max(clear.certain, 1)), 6);
}

}  // namespace
}  // namespace roundelay::test_parts::timing_sweep_test
