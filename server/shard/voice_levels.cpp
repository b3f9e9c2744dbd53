#include "server/shard/voice_levels.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace roundelay {
namespace {

double db_of_power(double mean_square) {
  return std::max(VoiceLevels::kLeastDb, 10 * std::log10(std::max(mean_square, 1e-12)));
}

}  // namespace

void VoiceLevels::add(float peak, float mean_square, float factor) {
  peak_ = std::max(peak_, peak);
  before_ += mean_square;
  after_ += mean_square * factor * factor;
  ++blocks_;
  if (peak >= kClips) ++clips_;
  noise_sum_ += mean_square;
  if (++noise_blocks_ == kNoiseBlocks)
    softest_.add(std::exchange(noise_sum_, 0.0F) / static_cast<float>(std::exchange(noise_blocks_, 0)));
  if (++window_blocks_ == kNoiseWindow) {
    window_blocks_ = 0;
    softest_before_ = std::exchange(softest_, {});
  }
}

std::optional<VoiceLevels::Reading> VoiceLevels::take() {
  if (blocks_ == 0) return std::nullopt;
  Reading out{.peak_db = db_of_power(double{peak_} * peak_),
              .level_db = db_of_power(before_ / static_cast<float>(blocks_)),
              .after_db = db_of_power(after_ / static_cast<float>(blocks_)),
              .noise_db = {},
              .clips = clips_};
  if (softest_before_.mean_square >= 0) {
    Softest noise = softest_before_;
    if (softest_.mean_square >= 0) noise.add(softest_.mean_square);
    out.noise_db = db_of_power(noise.mean_square);
  }
  peak_ = before_ = after_ = 0;
  blocks_ = clips_ = 0;
  return out;
}

}  // namespace roundelay
