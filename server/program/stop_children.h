// The end of a server: its children are asked to go, the shards first, and killed where they do not. Used by the supervisor
// alone.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "server/program/server_child.h"

namespace roundelay {

inline constexpr int64_t kStopChildrenNs = 4'000'000'000;  // after this they are killed

// The conductor is the first. Returns when nobody runs any more. False: one of them did not end by itself, or crashed on the way.
[[nodiscard]] bool stop_children(const std::vector<std::unique_ptr<ServerChild>>& children);

}  // namespace roundelay
