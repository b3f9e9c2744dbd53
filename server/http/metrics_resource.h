// /metrics: the counters of all shards for Prometheus, and what the conductor counts while it answers. Loop thread only.
#pragma once

#include "mixer/segment.h"
#include "server/http/exchanges.h"

namespace roundelay {

void answer_metrics(HttpRequest& request, Exchanges& exchanges, const Segment& segment);

}  // namespace roundelay
