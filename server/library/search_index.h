// What the search looks into: the folded texts of songs, albums and artists, and the words that occur in them with their
// trigrams, from which typing mistakes are guessed. To be called in the transaction that changes what is searched. False: the
// database does not take it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/library/library_database.h"

namespace roundelay {

[[nodiscard]] bool index_song(LibraryDatabase& database, int64_t song);
// With the songs that are on it, where its title or artist changed.
[[nodiscard]] bool index_album(LibraryDatabase& database, int64_t album, bool with_songs);
// With her songs and albums, where her name changed.
[[nodiscard]] bool index_artist(LibraryDatabase& database, int64_t artist, bool with_songs);
// Some of the songs that no catalogue was there for when they came; how many were left is told by the next call: 0 when there are
// none.
[[nodiscard]] int index_new_songs(LibraryDatabase& database, int most);

// The three letters each that a word has, marked at its beginning; `whole`: at its end too. "sing": "_si", "sin", "ing", "ng_".
[[nodiscard]] std::vector<std::string> trigrams(std::string_view word, bool whole);

}  // namespace roundelay
