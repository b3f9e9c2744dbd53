// What a song's interval leaves beside the loop time of its slowest singer. Why so much: server/room/interval.h.
#pragma once

namespace roundelay {

// Times the 99th percentile of her loop time. The conductor chooses intervals by it, the shards how many blocks a message may
// hold.
inline constexpr double kLoopMargin = 1.4;

}  // namespace roundelay
