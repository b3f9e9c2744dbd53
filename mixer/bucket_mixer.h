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

  // The lanes of a room, by kind.
  struct Lanes {
    std::span<const LaneReader> voices;
    std::span<const LaneReader> leader;
    const Lanes* whole = nullptr;  // these are a part of those, whose people decide on the gain; null: they are the whole
  };

  // How loud it is to be; may change from block to block.
  struct Loudness {
    bool automatic = true;  // automatic gain
    float volume = kGlobalVolume;
    float leader_boost = kLeaderBoost;
  };

  // What the lanes hold at one position.
  struct Sum {
    alignas(64) float voices[kBlockSamples] = {};
    alignas(64) float leader[kBlockSamples] = {};  // zeros, if nobody led
    bool led = false;                              // something may be in `leader`
    Result result;
  };

  // Writes the mix of `lanes` at `at` to `out`: level() of their sums. Looks at the next block too, most of which has arrived
  // already: it will be read only in the next tick, and a voice arrives earlier than that by the interval's margin. That costs a
  // second sum, and no delay.
  Result mix(MutableBlock out, const Lanes& lanes, Position at, const Loudness& loudness);

  // Writes automatic_gain(n) x voices + leaders_automatic_gain(n) x boost x leader, times the volume, for n people, limited, to
  // `out`. `next`: the sum of the block after it, as far as it is known.
  // The gains fall in the block before more people sound, so that they do not come in too loud, and rise in the block in which
  // fewer sound. While nobody sounds they are held, or move to those of who comes next. The first block with people after reset()
  // starts at its own gains, without a ramp.
  void level(MutableBlock out, const Sum& sum, const Sum& next, const Loudness& loudness);

  void reset();

 private:
  struct Gains {
    float voices = 0;
    float leader = 0;
  };
  static void add_up(Sum& sum, const Lanes& lanes, Position at);
  static Gains gains_of(int people, const Loudness& loudness);

  bool begun_ = false;  // gains_ are those at the end of the last block
  Gains gains_;
  Limiter limiter_;
};

}  // namespace roundelay
