// /metrics: the counters of all shards for Prometheus, what the conductor counts while it answers, and the librarian. Loop thread
// only.
#pragma once

#include "mixer/segment.h"
#include "server/http/exchanges.h"
#include "server/net/library_counts.h"

namespace roundelay {

// `library_up`: the librarian answers.
void answer_metrics(HttpRequest& request, Exchanges& exchanges, const Segment& segment, const LibraryCounts& library,
                    bool library_up);

}  // namespace roundelay
