// A synthesised singing voice: a glottal source with vibrato, drift and breath, through formants (parallel resonators after
// Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67, 1980). Deterministic: the same character and notes give
// the same samples. Pure; takes about 50 ns a sample.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/robots/round_score.h"

namespace roundelay {

struct VoiceCharacter {
  VoiceType type = VoiceType::kAlto;
  double tonic_hz = 233.08;  // pitch of Note::semitones 0
  double detune_cents = 0;
  double vibrato_hz = 5.5;
  double vibrato_cents = 30;  // amplitude, once it has grown
  double formant_scale = 1;   // length of the throat: below 1 is longer
  double brightness = 1;      // heights of the upper formants: dB are divided by it
  double breath = 0.01;       // noise in the source
  double attack_s = 0.05;
  uint32_t seed = 1;  // of drift and breath
};

// Sings `notes` (in order, not overlapping) into `samples` samples at 48 kHz; exact silence before the first note and soon after
// the last. Not normalised.
[[nodiscard]] std::vector<float> sing_notes(const VoiceCharacter& voice, std::span<const Note> notes, int64_t samples);

}  // namespace roundelay
