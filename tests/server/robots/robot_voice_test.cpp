#include "server/robots/robot_voice.h"

#include <gtest/gtest.h>

#include "tests/server/singer/sound_checks.h"

namespace roundelay::robot_voice_test {
namespace {

// A held note of two seconds, of which the second second is returned.
std::vector<float> held(VoiceCharacter voice, Vowel vowel) {
  const Note note{4800, 3 * 48'000, 0, vowel, Consonant::kNone, true};
  const std::vector<float> sound = sing_notes(voice, std::span(&note, 1), 4 * 48'000);
  return {sound.begin() + 48'000, sound.begin() + 96'000};
}

// The pitch nearest to `hz` at which the first harmonics are highest, by cents; the mean over a second takes vibrato out.
double cents_off(std::span<const float> sound, double hz) {
  double best = 0;
  double best_height = 0;
  for (double cents = -20; cents <= 20; cents += 0.5) {
    double height = 0;
    for (int harmonic = 1; harmonic <= 3; ++harmonic) height += height_at(sound, harmonic * hz * std::exp2(cents / 1200));
    if (height > best_height) {
      best_height = height;
      best = cents;
    }
  }
  return best;
}

TEST(RobotVoice, SingsOnPitchWithinFiveCents) {
  for (const VoiceType type : {VoiceType::kSoprano, VoiceType::kAlto, VoiceType::kTenor, VoiceType::kBass}) {
    VoiceCharacter voice;
    voice.type = type;
    voice.tonic_hz = 220;
    voice.vibrato_cents = 0;
    voice.seed = 3;
    EXPECT_NEAR(cents_off(held(voice, Vowel::kA), 220), 0, 5) << static_cast<int>(type);
  }
}

TEST(RobotVoice, HasVibratoThatGrowsAfterTheOnset) {
  VoiceCharacter voice;
  voice.tonic_hz = 220;
  const std::vector<float> steady = held(voice, Vowel::kA);
  // A vibrato of 5.5 Hz puts side bands 5.5 Hz beside the harmonics: by 30 cents, 3.8 Hz, at 220 Hz, a modulation index of 0.69.
  const double carrier = height_at(steady, 220);
  EXPECT_GT(height_at(steady, 225.5), 0.15 * carrier);
  EXPECT_GT(height_at(steady, 214.5), 0.15 * carrier);
}

TEST(RobotVoice, HasFormantsWhereTheTableHasThem) {
  for (const VoiceType type : {VoiceType::kTenor, VoiceType::kBass}) {
    VoiceCharacter voice;
    voice.type = type;
    voice.tonic_hz = 50;  // dense harmonics show the envelope
    voice.vibrato_cents = 0;
    voice.breath = 0;
    const std::vector<float> sound = held(voice, Vowel::kA);
    const Formants& formants = formants_of(type, Vowel::kA);
    const auto harmonic_near = [&](double hz) {  // the highest of three: drift moves high harmonics
      double height = 0;
      const double at = 50 * std::round(hz / 50);
      for (double d = -12; d <= 12; d += 1) height = std::max(height, height_at(sound, at + d));
      return 20 * std::log10(height);
    };
    const double first = harmonic_near(formants[0].hz);
    EXPECT_GT(first, harmonic_near(formants[0].hz - 250));
    EXPECT_NEAR(harmonic_near(formants[1].hz) - first, formants[1].db, 5);
    EXPECT_NEAR(harmonic_near(formants[2].hz) - first, formants[2].db, 5);
    EXPECT_LT(harmonic_near(1600), harmonic_near(formants[2].hz) - 8);  // the valley between
    EXPECT_LT(harmonic_near(4500), harmonic_near(formants[2].hz) - 20);
  }
}

TEST(RobotVoice, IsTheSameEachTime) {
  VoiceCharacter voice;
  EXPECT_EQ(held(voice, Vowel::kI), held(voice, Vowel::kI));
  VoiceCharacter other = voice;
  other.seed = 2;
  EXPECT_NE(held(voice, Vowel::kI), held(other, Vowel::kI));
}

TEST(RobotVoice, IsSilentBeforeTheFirstNoteAndAfterTheLast) {
  const Note note{9600, 48'000, 0, Vowel::kO, Consonant::kStop, true};
  const std::vector<float> sound = sing_notes({}, std::span(&note, 1), 3 * 48'000);
  for (size_t i = 0; i < 9600 - 2400; ++i) ASSERT_EQ(sound[i], 0.0F) << i;
  for (size_t i = 2 * 48'000; i < sound.size(); ++i) ASSERT_EQ(sound[i], 0.0F) << i;
  EXPECT_GT(height_at(std::span(sound).subspan(24'000, 9600), 233.08), 1e-4);
}

}  // namespace
}  // namespace roundelay::robot_voice_test
