#include "server/http/health.h"

namespace roundelay {

bool conductor_stands(const Segment& segment, int64_t now_ns) {
  return now_ns - segment.conductor().heartbeat_ns.load() > kConductorStandsNs;
}

std::vector<Trouble> troubles(const Segment& segment, int64_t now_ns) {
  std::vector<Trouble> out;
  if (segment.conductor().pid.load() == 0) {
    out.push_back({"conductor", "away"});
  } else if (conductor_stands(segment, now_ns)) {
    out.push_back({"conductor", "stands"});
  }
  for (int i = 0; i < static_cast<int>(segment.size().max_shards); ++i) {
    const ShardRow& row = segment.shard(i);
    if (row.pid.load() == 0) {
      out.push_back({"shard " + std::to_string(i), "away"});
    } else if (now_ns - row.heartbeat_ns.load() > kShardStandsNs) {
      out.push_back({"shard " + std::to_string(i), "stands"});
    }
  }
  return out;
}

}  // namespace roundelay
