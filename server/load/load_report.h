// What `roundelay load` says at its end: counts of all clients added up, and the share of the blocks that arrived. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <vector>

#include "server/load/load_counts.h"

namespace roundelay {

struct ClientReport {
  int room = 0;
  bool disturbed = false;  // by trouble of the load's own making
  bool came_back = false;  // its connection was lost through no doing of the load's: what it missed meanwhile is not expected
  bool late = false;       // came while a song lasted
  LoadCounts counts;
};

// How many blocks the clients should have received, and how many they did. In each bucket of each song of a room, what was
// received by anybody who was neither disturbed nor late should have been received by all of those; by somebody late, from her
// first block on.
struct Delivery {
  int64_t expected = 0;
  int64_t blocks = 0;
  int64_t stream_blocks = 0;  // of all buckets' streams, each counted once
  [[nodiscard]] double share() const { return expected > 0 ? static_cast<double>(blocks) / static_cast<double>(expected) : 0; }
};
[[nodiscard]] Delivery count_delivery(std::span<const ClientReport> clients);

// `values` in any order; null when there are none. `share` from 0 to 1.
[[nodiscard]] nlohmann::json percentile(std::vector<double> values, double share);

// The fields are explained in the help of `roundelay load`.
[[nodiscard]] nlohmann::json summarize(std::span<const ClientReport> clients);

}  // namespace roundelay
