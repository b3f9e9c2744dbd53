// What the song library counts, in Prometheus' text format: a part of GET /metrics. Pure.
#pragma once

#include <string>

#include "server/net/library_counts.h"

namespace roundelay {

[[nodiscard]] std::string library_metrics_text(const LibraryCounts& counts);

}  // namespace roundelay
