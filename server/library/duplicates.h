// What may stand twice in the catalogue. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_item.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

// Several of one kind whose names are the same when they are folded.
struct Duplicates {
  std::string name;
  std::vector<int64_t> ids;
};

// Of what the viewer sees: artists by name, albums by title and artist, songs by title, artist and nearly the same length.
[[nodiscard]] FromCatalogue<std::vector<Duplicates>> duplicates(LibraryDatabase& database, const Viewer& viewer,
                                                                CatalogueKind kind, const Page& page);

}  // namespace roundelay
