#include "server/robots/round_score.h"

#include <array>
#include <span>

namespace roundelay {
namespace {

struct Syllable {
  int half_beats;
  int semitones;
  Vowel vowel;
  Consonant consonant;
};
using enum Vowel;
using enum Consonant;

// Fre-re Jac-ques
constexpr std::array<Syllable, 4> kFrere = {{{2, 0, kE, kNone}, {2, 2, kO, kNone}, {2, 4, kA, kStop}, {2, 0, kO, kStop}}};
// dor-mez vous?
constexpr std::array<Syllable, 3> kDormez = {{{2, 4, kO, kStop}, {2, 5, kE, kNasal}, {4, 7, kU, kNone}}};
// son-nez les ma-ti-nes
constexpr std::array<Syllable, 6> kSonnez = {
    {{1, 7, kO, kNone}, {1, 9, kE, kNasal}, {1, 7, kE, kNone}, {1, 5, kA, kNasal}, {2, 4, kI, kStop}, {2, 0, kO, kNasal}}};
// din, dan, don
constexpr std::array<Syllable, 3> kDinDanDon = {{{2, 0, kI, kStop}, {2, -5, kA, kStop}, {4, 0, kO, kStop}}};

constexpr std::array<std::span<const Syllable>, 4> kPhrases = {kFrere, kDormez, kSonnez, kDinDanDon};

// The last chord, semitones above each part's tonic: by part and singer. Soprano third and octave, alto the fifth below, tenor
// third and tonic, bass tonic.
constexpr int kChord[kRoundParts][2] = {{4, 0}, {-5, -5}, {4, 0}, {0, 0}};

// Each line of a phrase is sung twice.
int64_t add_phrase(std::vector<Note>& notes, int64_t at, std::span<const Syllable> line) {
  for (int time = 0; time < 2; ++time) {
    for (const Syllable& s : line) {
      const int64_t length = s.half_beats * kBeatSamples / 2;
      notes.push_back({at, length, s.semitones, s.vowel, s.consonant, false});
      at += length;
    }
    notes.back().breath_after = time == 1 || notes.back().length >= 2 * kBeatSamples;
  }
  return at;
}

}  // namespace

std::vector<Note> round_notes(int part, bool second) {
  std::vector<Note> notes;
  int64_t at = kRoundBeginSamples + part * kPhraseSamples;
  for (int time = 0; time < 3; ++time) {
    for (const auto& phrase : kPhrases) at = add_phrase(notes, at, phrase);
  }
  while (at < kChordBeginSamples) at = add_phrase(notes, at, kPhrases.back());
  notes.push_back({at, kChordSamples, kChord[part][second ? 1 : 0], kO, kStop, true});
  return notes;
}

}  // namespace roundelay
