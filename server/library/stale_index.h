// What the search still finds by a name that is no more: so many songs and albums may bear an artist's or album's name that they
// are indexed by slices after it changes. Which are left stands in the database: whoever is killed goes on. The librarian's loop
// only.
#pragma once

#include <cstdint>
#include <optional>

#include "server/library/catalogue_item.h"
#include "server/library/library_database.h"

namespace roundelay {

// In the transaction that changes the name of this artist or album, which is indexed itself already: the first slice, so that
// few songs are found at once by the new name. False: the database does not take it.
[[nodiscard]] bool index_what_bears(LibraryDatabase& database, const CatalogueItem& named);

// A slice of what is left, of any name, in one transaction. True: nothing is left. Nothing: the database does not take it.
[[nodiscard]] std::optional<bool> index_on(LibraryDatabase& database);

}  // namespace roundelay
