// The counters of all shards in Prometheus' text format (GET /metrics). They lie in shared memory, so any shard can tell those of
// all. Loop thread; not in the tick.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "mixer/segment.h"
#include "server/wire/link/counts.h"

namespace roundelay {

// A counter of ShardRow and how it is called outside: the one list of them, for /status and /metrics.
struct ShardCounter {
  const char* name;    // in /status
  const char* metric;  // in /metrics; "..._total" only ever grows, others go up and down
  const char* help;
  Counter ShardRow::*counter;
};
[[nodiscard]] std::span<const ShardCounter> shard_counters();

// `host`: what the conductor counts; absent while it is away. `now_ns` on the monotonic clock, `now_unix_s` at the same moment.
[[nodiscard]] std::string metrics_text(const Segment& segment, const std::optional<link::Counts>& host, int64_t now_ns,
                                       double now_unix_s);
inline constexpr const char* kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace roundelay
