#include "mixer/level_match.h"

#include <algorithm>
#include <cmath>

namespace roundelay {

float LevelMatch::next(float mean_square, bool on) {
  loudest_ = std::max(mean_square, loudest_ * kForgets);
  const bool sings = mean_square > kSilence && mean_square > loudest_ * kBelowLoudest;
  if (sings) listen(mean_square);
  float wanted_db = 0;
  if (on) {
    if (!sings || heard_ < kFirstBlocks) return factor_;
    wanted_db = std::clamp(kTargetDb - 10 * std::log10(mean_), -kMostDb, kMostDb);
  } else if (gain_db_ == 0) {
    return factor_;
  }
  gain_db_ += std::clamp(wanted_db - gain_db_, -kStepDb, kStepDb);
  factor_ = gain_db_ == 0 ? 1 : std::pow(10.0F, gain_db_ / 20);
  return factor_;
}

void LevelMatch::listen(float mean_square) {
  heard_ = std::min(heard_ + 1, kMeanBlocks);
  mean_ += (mean_square - mean_) / static_cast<float>(heard_);
}

}  // namespace roundelay
