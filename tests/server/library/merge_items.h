// All slices of a merging at once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/library/merging.h"

namespace roundelay {

[[nodiscard]] inline FromCatalogue<std::vector<std::string>> merge_items(LibraryDatabase& database, const Viewer& viewer,
                                                                         CatalogueKind kind, int64_t into, int64_t from,
                                                                         int64_t now_s) {
  Merging merging(database, viewer, kind, into, from);
  std::vector<std::string> files;
  auto done = merging.go_on(now_s, files);
  while (done && !*done) done = merging.go_on(now_s, files);
  if (!done) return tl::unexpected(done.error());
  return files;
}

}  // namespace roundelay
