// Whether singing needs the whole machine: then what can wait, waits. Any process that maps the segment; not in the tick.
#pragma once

#include "mixer/segment.h"

namespace roundelay {

// A shard sheds more than the quality of its encoders (server/shard/headroom.h), and somebody is there who sings. Where nobody
// is, a machine that does too much besides harms no song.
[[nodiscard]] inline bool shards_are_strained(const Segment& segment) {
  constexpr uint32_t kStrained = 2;
  bool strained = false, sings = false;
  for (int i = 0; i < static_cast<int>(segment.size().max_shards); ++i) {
    const ShardRow& row = segment.shard(i);
    if (row.pid.load(std::memory_order_relaxed) == 0) continue;
    strained = strained || row.strain.load(std::memory_order_relaxed) >= kStrained;
    sings = sings || row.singers.load(std::memory_order_relaxed) > 0;
  }
  return strained && sings;
}

}  // namespace roundelay
