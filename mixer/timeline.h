// The map between the monotonic clock and positions, anchored once to wall time when the server
// starts (rule 10). Every process of one server uses the same anchor, from shared memory.
// A plain value: any thread or process, safe in the tick.
#pragma once

#include <cstdint>

#include "mixer/position.h"

namespace roundelay {

// CLOCK_MONOTONIC in nanoseconds; the same for all processes of a machine.
[[nodiscard]] int64_t monotonic_ns();

struct Timeline {
  int64_t anchor_ns = 0;  // monotonic time at which `anchor` was now
  Position anchor;        // a multiple of kBlockSamples

  // Anchors to the wall clock at this moment.
  [[nodiscard]] static Timeline anchored_now();

  // The position that is "now" at `ns` (rounded down to a sample). Exact integer arithmetic: no drift.
  [[nodiscard]] Position at(int64_t ns) const;
  // The first nanosecond at which `p` is now: at(ns_of(p)) == p.
  [[nodiscard]] int64_t ns_of(Position p) const;
};

}  // namespace roundelay
