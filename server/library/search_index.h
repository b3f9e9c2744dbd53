// What the search looks into: the folded texts of songs, albums and artists, and the words that occur in them, from which typing
// mistakes are guessed. To be called in the transaction that changes what is searched. False: the database does not take it.
#pragma once

#include <cstdint>

#include "server/library/library_database.h"

namespace roundelay {

[[nodiscard]] bool index_song(LibraryDatabase& database, int64_t song);
// It alone: where its name changed, what bears that is stale_index.h's.
[[nodiscard]] bool index_album(LibraryDatabase& database, int64_t album);
[[nodiscard]] bool index_artist(LibraryDatabase& database, int64_t artist);
// Fills the database's vocabulary from the index, if that has not been done. Takes about 0.1 s for 100,000 songs.
[[nodiscard]] bool load_vocabulary(LibraryDatabase& database);

}  // namespace roundelay
