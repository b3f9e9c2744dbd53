// Keeps a mix below full scale without adding delay (rule 11: limited, never clipped or wrapped).
// One per mixed stream, owned by the process that mixes it; safe in the tick.
#pragma once

#include <span>

#include "mixer/gain.h"

namespace roundelay {

class Limiter {
 public:
  static constexpr float kThreshold = 0.891251F;  // -1 dBFS: bit-exact pass-through while the gain is 1 and below it

  // Limits in place. Afterwards |sample| < 1 for every finite input; the gain moves without steps,
  // falls fast (about 1 ms), holds for some blocks and recovers slowly (about 0.5 s); what the gain cannot catch
  // in time is bent by a smooth knee above the threshold. Samples that are not finite become 0.
  void process(MutableBlock io);

  void reset() { *this = Limiter(); }
  [[nodiscard]] float gain() const { return gain_; }  // 0 < gain <= 1, as of the last sample

 private:
  void fall(MutableBlock io, std::span<const float> needs);

  float gain_ = 1.0F;
  int hold_blocks_ = 0;  // blocks to wait before the gain may rise
};

}  // namespace roundelay
