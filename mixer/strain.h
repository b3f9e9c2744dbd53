// Whether singing needs the whole machine: then what can wait, waits. Any process that maps the segment; not in the tick.
#pragma once

#include "mixer/segment.h"

namespace roundelay {

// A shard sheds more than the quality of its encoders (server/shard/headroom.h).
[[nodiscard]] inline bool shards_are_strained(const Segment& segment) {
  constexpr uint32_t kStrained = 2;
  for (int i = 0; i < static_cast<int>(segment.size().max_shards); ++i) {
    const ShardRow& row = segment.shard(i);
    if (row.pid.load(std::memory_order_relaxed) != 0 && row.strain.load(std::memory_order_relaxed) >= kStrained) return true;
  }
  return false;
}

}  // namespace roundelay
