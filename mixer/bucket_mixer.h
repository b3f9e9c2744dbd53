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

  // Writes the mix of `lanes` at `at` to `out`: sum x automatic_gain(people) (if on) x volume, ramped, then limited.
  // Looks at the next block too, most of which has arrived already: it will be read only in the next tick, and a voice
  // arrives earlier than that by the interval's margin. That costs a second sum, and no delay.
  Result mix(MutableBlock out, std::span<const LaneReader> lanes, Position at, bool automatic, float volume);

  // mix() for a sum that the caller made. `next_peak`, `next_people`: of the sum after it, as far as known; 0 if not.
  // The gain falls in the block before more people sound, so that they do not come in too loud, and rises in the block in which
  // fewer sound. While nobody sounds it is held, or moves to that of those who come next. The first block with people after
  // reset() starts at its own gain, without a ramp.
  void level(MutableBlock io, int people, float next_peak, int next_people, bool automatic, float volume);

  void reset();

 private:
  static Result sum(MutableBlock out, std::span<const LaneReader> lanes, Position at);

  float gain_ = -1.0F;  // below 0: none yet
  Limiter limiter_;
};

}  // namespace roundelay
