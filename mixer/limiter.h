// Keeps a mix below full scale without adding delay (rule 11: limited, never clipped or wrapped).
// One per mixed stream, owned by the process that mixes it; safe in the tick.
//
// The gain is one number per block border and moves between them: down along a smoothstep, up along a line. It is chosen for the
// block at hand and for the next one, as far as that is known already, so that it is down before a peak comes: the output leaves
// the straight line by no more than -80 dBFS on the gain's account. A peak that was not known a block ahead is met by as long a
// fall as the block has room for, at the shortest 1 ms; what stays above the threshold even so is bent by a knee.
// After Giannoulis, Massberg and Reiss, "Digital Dynamic Range Compressor Design", JAES 60 (2012), and the program-dependent
// release of McNally, "Dynamic Range Control of Digital Audio Signals", JAES 32 (1984): the longer it has had to work, the longer
// it holds, so that the level of a loud choir does not pump and one loud clap is soon forgotten.
#pragma once

#include <span>

#include "mixer/gain.h"

namespace roundelay {

class Limiter {
 public:
  static constexpr float kThreshold = 0.891251F;  // -1 dBFS: bit-exact pass-through while the gain is 1 and all is below it

  // Limits in place. `next_peak`: the largest |sample| of the block after this one, as far as known; 0 if not.
  // Afterwards |sample| < 1 for every finite input. Samples that are not finite become 0.
  void process(MutableBlock io, float next_peak = 0);

  void reset() { *this = Limiter(); }
  [[nodiscard]] float gain() const { return gain_; }  // 0 < gain <= 1, as of the last sample

 private:
  void fall(MutableBlock io, std::span<const float> part_peaks, float to);
  void move(MutableBlock io, float to);

  float gain_ = 1.0F;
  float work_ = 0;       // 0: idle so far; towards 1 while the gain is held down
  int hold_blocks_ = 0;  // blocks to wait before the gain may rise
};

}  // namespace roundelay
