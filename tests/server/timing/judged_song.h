// What the server's meter says of a rendered song.
#pragma once

#include "mixer/timing_meter.h"
#include "tests/server/timing/rendered_song.h"

namespace roundelay::test_parts {

inline constexpr double kMostErrorMs = 15;

struct JudgedSong {
  TimingMeter::Judgement judgement;
  double error_ms = 0;  // told minus true; meaningful where it is certain
};

// The scene, sung, sent through Opus, and judged.
[[nodiscard]] JudgedSong judge(const SongScene& scene);

// The onsets of this singer belong to the group's, so that there is something to tell.
[[nodiscard]] bool may_be_told(SingerKind singer);
// Something wrong was told.
[[nodiscard]] bool is_wrong(const SongScene& scene, const JudgedSong& judged);

}  // namespace roundelay::test_parts
