// What is counted over all rooms, for /metrics and /status. On the conductor's loop only.
#pragma once

#include <string>
#include <vector>

#include "server/conductor/rooms.h"
#include "server/wire/link/counts.h"

namespace roundelay {

void count_rooms(const std::map<std::string, std::unique_ptr<OpenRoom>>& rooms, Moment now, link::Counts& counts);
// The disk of the data directory.
void count_disk(const std::string& data_dir, link::Counts& counts);
// The distribution of `loops_ms`.
void count_loops(std::vector<double> loops_ms, link::Counts& counts);

}  // namespace roundelay
