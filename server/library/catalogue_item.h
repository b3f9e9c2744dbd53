// One thing of the catalogue, of whatever kind. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/library/catalogue_fault.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

enum class CatalogueKind { kArtist, kAlbum, kSong };
[[nodiscard]] std::string_view name_of(CatalogueKind kind);  // "song"

struct CatalogueItem {
  CatalogueKind kind = CatalogueKind::kSong;
  int64_t id = 0;
};

// Whether there is such a thing that this viewer sees; a fault if not.
[[nodiscard]] FromCatalogue<void> sees_item(LibraryDatabase& database, const Viewer& viewer, const CatalogueItem& item);

}  // namespace roundelay
