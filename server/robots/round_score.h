// What the robots sing: "Frere Jacques", a French round of the 18th century (first printed about 1780, author unknown, sometimes
// said to be Rameau): in the public domain everywhere. Four parts, each a phrase of two bars behind the one before; every part
// sings the melody three times, then the bells of its last phrase until all are there, and all hold the last chord together.
// Pure; times are samples from the song's start.
#pragma once

#include <cstdint>
#include <vector>

#include "server/robots/formants.h"

namespace roundelay {

inline constexpr int kRoundParts = 4;
inline constexpr int64_t kBeatSamples = 24'960;              // 26 blocks: 115 beats a minute
inline constexpr int64_t kPhraseSamples = 8 * kBeatSamples;  // two bars of four beats
inline constexpr int64_t kRoundBeginSamples = 24'000;        // half a second to breathe
inline constexpr int64_t kChordBeginSamples = kRoundBeginSamples + (3 * 4 + kRoundParts - 1) * kPhraseSamples;
inline constexpr int64_t kChordSamples = 6 * kBeatSamples;
inline constexpr int64_t kRoundSamples = kChordBeginSamples + kChordSamples + 48'000;  // with a second of rest: 67 s

enum class Consonant { kNone, kNasal, kStop };  // what a syllable begins with, roughly

struct Note {
  int64_t start = 0;   // samples
  int64_t length = 0;  // samples, up to the next note or breath
  int semitones = 0;   // above the part's tonic
  Vowel vowel = Vowel::kA;
  Consonant consonant = Consonant::kNone;
  bool breath_after = false;  // the end of a phrase
};

// The notes of part 0 to 3; `second` is the part's other singer, whose note of the last chord may be another one.
[[nodiscard]] std::vector<Note> round_notes(int part, bool second);

}  // namespace roundelay
