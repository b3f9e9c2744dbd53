#include "mixer/bucket_mixer.h"

#include <algorithm>

namespace roundelay {

BucketMixer::Result BucketMixer::mix(MutableBlock out, std::span<const LaneReader> lanes, Position at, bool automatic,
                                     float volume) {
  std::fill(out.begin(), out.end(), 0.0F);
  Result result;
  for (const LaneReader& lane : lanes) {
    bool torn = false;
    result.people += lane.add_to(out, at, &torn);
    if (torn) ++result.torn_lanes;
  }
  if (result.people > 0) {
    const float gain = automatic ? automatic_gain(result.people) * volume : volume;
    apply_ramp(out, gain_ < 0 ? gain : gain_, gain);
    gain_ = gain;
  }
  limiter_.process(out);  // silence too: it recovers meanwhile
  return result;
}

void BucketMixer::reset() {
  gain_ = -1.0F;
  limiter_.reset();
}

}  // namespace roundelay
