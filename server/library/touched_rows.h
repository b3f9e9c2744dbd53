// What has been written to the catalogue since it was asked last, by kind and row (row_notes.h). The librarian's loop only.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/row_notes.h"

namespace roundelay {

// `id` of a row that was touched: that row's; of what an answer depends on: 0 for any.
struct TouchedRow {
  enum class Kind : uint8_t {
    kSong,     // added, deleted, or anything of it changed but its numbers
    kNumbers,  // a song's rating and plays
    kArtist,
    kAlbum,
    kWords,      // by song
    kPlaylist,   // it or what is on it
    kFavourite,  // by account
    kRating,     // by account
    kPlay,       // by account
  };
  Kind kind = Kind::kSong;
  int64_t id = 0;

  auto operator<=>(const TouchedRow&) const = default;
};

class TouchedRows {
 public:
  TouchedRows();

  // What was touched since the last call. Nothing: anything may have been, because it is the first call, the database cannot be
  // read, or another connection has written.
  [[nodiscard]] std::optional<std::vector<TouchedRow>> take(LibraryDatabase& database);
  // Whether anything had been written at the last take(), also to tables that are none of these kinds.
  [[nodiscard]] bool wrote() const { return notes_.wrote(); }

 private:
  RowNotes notes_;
};

}  // namespace roundelay
