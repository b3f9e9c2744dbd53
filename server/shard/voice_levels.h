// How loud a singer is, for the console: before and after what is done to her voice, what clips, and what is left while she does
// not sing. One per singer whom somebody watches; loop thread only, safe in the tick.
#pragma once

#include <optional>

namespace roundelay {

class VoiceLevels {
 public:
  // A block of her voice as it was decoded, and the factor with which it is heard.
  void add(float peak, float mean_square, float factor);

  // Decibels below full scale, not under kLeastDb.
  struct Reading {
    double peak_db = 0;              // of the largest sample
    double level_db = 0;             // of the mean square
    double after_db = 0;             // the same, as it is heard
    std::optional<double> noise_db;  // the softest tenth of a second of the last five to ten; nothing before there were as many
    int clips = 0;                   // blocks at full scale
  };
  // Of what came since the last one; nothing if nothing did.
  [[nodiscard]] std::optional<Reading> take();

  static constexpr double kLeastDb = -100;
  static constexpr float kClips = 0.98F;
  static constexpr int kNoiseBlocks = 5;    // a tenth of a second
  static constexpr int kNoiseWindow = 250;  // blocks: five seconds

 private:
  struct Softest {
    float mean_square = -1;  // below 0: none yet
    void add(float other) {
      if (mean_square < 0 || other < mean_square) mean_square = other;
    }
  };
  float peak_ = 0;
  float before_ = 0;  // sums of mean squares
  float after_ = 0;
  int blocks_ = 0;
  int clips_ = 0;
  float noise_sum_ = 0;
  int noise_blocks_ = 0;
  Softest softest_, softest_before_;  // of this window and of the one before
  int window_blocks_ = 0;
};

}  // namespace roundelay
