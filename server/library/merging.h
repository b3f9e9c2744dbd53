// Making one of two: duplicates among artists, albums and songs. Curators only, of what they see. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/removal.h"
#include "server/library/viewer.h"

namespace roundelay {

// Several of one kind whose names are the same when they are folded.
struct Duplicates {
  std::string name;
  std::vector<int64_t> ids;
};

class Merging {
 public:
  explicit Merging(LibraryDatabase& database) : database_(database) {}

  // `from` is gone then, and what referred to it refers to `into`. Of songs: what `into` does not know it takes from `from`, a
  // file and words among it; a person's own rating of `into` stays. The hashes of files that no song has any more: the caller's
  // to delete.
  [[nodiscard]] FromCatalogue<std::vector<std::string>> merge(const Viewer& viewer, CatalogueKind kind, int64_t into,
                                                              int64_t from, int64_t now_s);
  // Artists by name, albums by title and artist, songs by title, artist and nearly the same length.
  [[nodiscard]] FromCatalogue<std::vector<Duplicates>> duplicates(const Viewer& viewer, CatalogueKind kind, const Page& page);

 private:
  [[nodiscard]] FromCatalogue<void> may(const Viewer& viewer, CatalogueKind kind, int64_t id);
  [[nodiscard]] bool merge_artists(int64_t into, int64_t from);
  [[nodiscard]] bool merge_albums(int64_t into, int64_t from);
  [[nodiscard]] bool merge_songs(int64_t into, int64_t from, int64_t now_s, std::vector<std::string>& files);
  [[nodiscard]] bool keep_longer(const std::string& table, int64_t into, int64_t from);
  [[nodiscard]] bool move_favourites(const char* kind, int64_t into, int64_t from);

  LibraryDatabase& database_;
};

}  // namespace roundelay
