// Formants of sung vowels: facts from the table "Formant Values" in the appendix of the Csound reference manual, measured at
// IRCAM for CHANT (Rodet, Potard and Barriere, "The CHANT Project", Computer Music Journal 8(3), 1984).
#pragma once

#include <array>
#include <cstddef>

namespace roundelay {

enum class VoiceType { kSoprano, kAlto, kTenor, kBass };
enum class Vowel { kA, kE, kI, kO, kU };

struct Formant {
  double hz = 0;
  double db = 0;  // height of a partial there, relative to the first formant
  double bandwidth_hz = 0;
};
inline constexpr int kFormants = 5;
using Formants = std::array<Formant, kFormants>;

[[nodiscard]] const Formants& formants_of(VoiceType voice, Vowel vowel);

}  // namespace roundelay
