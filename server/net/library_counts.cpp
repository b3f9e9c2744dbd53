#include "server/net/library_counts.h"

#include <sys/mman.h>

#include "server/net/process_beat.h"

namespace roundelay {

LibraryCounts::LibraryCounts(const std::string& path) : row_(static_cast<Row*>(map_small_file(path, sizeof(Row)))) {}

LibraryCounts::~LibraryCounts() {
  munmap(row_, sizeof(Row));
}

void LibraryCounts::reset() {
  for (auto& each : *row_) each.store(0, std::memory_order_relaxed);
}

}  // namespace roundelay
