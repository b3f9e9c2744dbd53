// Brings a voice to the loudness of a calibrated one, slowly: about a decibel a second, measured while she sings. Silence, hiss
// and breaths change nothing. One per voice; safe in the tick.
#pragma once

namespace roundelay {

class LevelMatch {
 public:
  // Takes the mean square of the voice's next block; returns the factor for it. A change is at most kStepDb a block: the caller
  // ramps it. Off, the factor goes back to 1 as slowly.
  float next(float mean_square, bool on);
  [[nodiscard]] float factor() const { return factor_; }
  // Something is still to be gone back from.
  [[nodiscard]] bool active() const { return gain_db_ != 0; }

  static constexpr float kTargetDb = -22.3F;  // of the mean square: -20 LUFS of a voice that is heard from both sides
  static constexpr float kMostDb = 12;
  static constexpr float kStepDb = 0.02F;  // 1 dB a second

 private:
  void listen(float mean_square);

  static constexpr float kSilence = 1e-5F;       // -50 dB: nobody sings so softly
  static constexpr float kBelowLoudest = 0.03F;  // what is 15 dB softer than what she sang lately is no singing
  static constexpr float kForgets = 0.9977F;     // a block: what was loud counts 0.5 dB less a second later
  static constexpr int kFirstBlocks = 25;        // half a second of singing before anything is changed
  static constexpr int kMeanBlocks = 75;         // over which the mean is taken

  float loudest_ = 0;
  float mean_ = 0;
  int heard_ = 0;  // blocks of singing, up to kMeanBlocks
  float gain_db_ = 0;
  float factor_ = 1;
};

}  // namespace roundelay
