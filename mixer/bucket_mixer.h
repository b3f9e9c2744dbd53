// Makes the mix of one bucket: sums the lanes at a position, applies automatic gain and limiter.
// One per bucket, in the shard that mixes it; safe in the tick.
#pragma once

#include <span>

#include "mixer/lane.h"
#include "mixer/limiter.h"

namespace roundelay {

class BucketMixer {
 public:
  struct Result {
    int people = 0;      // voices in this block, over all lanes
    int torn_lanes = 0;  // lanes left out because their writer stood still in the middle of an addition
  };

  // Writes the mix of `lanes` at `at` to `out`: sum x automatic_gain(people) (if on) x volume, ramped from the
  // last block's gain to this one's, then limited. While people == 0 the gain is held (silence has none).
  // The first block after reset() starts at its own gain, without a ramp.
  Result mix(MutableBlock out, std::span<const LaneReader> lanes, Position at, bool automatic, float volume);

  void reset();

 private:
  float gain_ = -1.0F;  // below 0: none yet
  Limiter limiter_;
};

}  // namespace roundelay
