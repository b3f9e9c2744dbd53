// Artists and albums over HTTP, what songs have beside their files, merging, the search, tables in and out. Docs: PROTOCOL.md.
#pragma once

#include <span>

#include "server/library/library_routes.h"
#include "server/library/removal.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> catalogue_routes();
[[nodiscard]] std::span<const LibraryRoute> search_routes();
[[nodiscard]] std::span<const LibraryRoute> import_routes();

// Deletes what the path names: 409 with what would go along, unless the request says "?with=all" or nothing would.
[[nodiscard]] LibraryAnswer remove_from_catalogue(Library& library, const LibraryRequest& request, CatalogueKind kind);

}  // namespace roundelay
