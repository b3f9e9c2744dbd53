// What /healthz tells: which of the server's processes stand still or are away, as shared memory shows it. Any shard can tell of
// all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mixer/segment.h"

namespace roundelay {

struct Trouble {
  std::string process;  // "conductor", "shard 0", ...
  const char* state;    // "stands": its loop does not turn; "away": it does not run
};

// A loop that turned within the last one is not standing. A shard turns fifty times a second, the conductor twenty times.
inline constexpr int64_t kShardStandsNs = 1'000'000'000;
inline constexpr int64_t kConductorStandsNs = 2'000'000'000;

[[nodiscard]] bool conductor_stands(const Segment& segment, int64_t now_ns);
[[nodiscard]] std::vector<Trouble> troubles(const Segment& segment, int64_t now_ns);

}  // namespace roundelay
