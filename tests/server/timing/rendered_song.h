// Songs of different kinds, sung by a rendered group and by one singer whose lateness is known. By a seed.
#pragma once

#include <cstdint>
#include <vector>

namespace roundelay::test_parts {

enum class SongKind { kHymn, kSyllabic, kStaccato, kFree, kSteadyBeat };
// What the one singer does beside the group.
enum class SingerKind { kWithGroup, kOtherPart, kRound, kOtherSong, kSpeech, kNoise, kSilence };

struct SongScene {
  uint32_t seed = 1;
  SongKind kind = SongKind::kSyllabic;
  SingerKind singer = SingerKind::kWithGroup;
  double seconds = 75;
  int group = 4;
  double late_ms = 0;      // of the one singer
  double scatter_ms = 22;  // standard deviation of each onset of everybody
  double leak_db = -200;   // the group in her microphone, at `leak_ms`
  double leak_ms = 0;
  double reverb_db = -25;
  double noise_db = -60;
};

struct RenderedSong {
  std::vector<float> voice;
  std::vector<float> mix;
};

// A scene in which all but what is given is left to chance.
[[nodiscard]] SongScene any_scene(uint32_t seed, SongKind kind, SingerKind singer, double late_ms);
[[nodiscard]] RenderedSong render(const SongScene& scene);
// As it comes out of a client's Opus encoder and the server's decoder, on its positions.
[[nodiscard]] std::vector<float> through_opus(const std::vector<float>& sound);

[[nodiscard]] const char* name_of(SongKind kind);
[[nodiscard]] const char* name_of(SingerKind kind);

}  // namespace roundelay::test_parts
