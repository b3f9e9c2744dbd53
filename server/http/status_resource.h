// /status: the counters of all shards as JSON, and what the conductor counts while it answers. Loop thread only.
#pragma once

#include "mixer/segment.h"
#include "server/http/exchanges.h"

namespace roundelay {

void answer_status(HttpRequest& request, Exchanges& exchanges, const Segment& segment);

}  // namespace roundelay
