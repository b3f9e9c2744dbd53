// What the song library counts, in Prometheus' text format: a part of GET /metrics. Pure.
#pragma once

#include <string>

#include "server/net/library_counts.h"

namespace roundelay {

// `up`: the librarian answers.
[[nodiscard]] std::string library_metrics_text(const LibraryCounts& counts, bool up);

}  // namespace roundelay
