// Making one of two: of artists, of albums, of songs. Curators only, of what they see. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_item.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

// By slices of a few ms, for an artist may have very many songs: each moves some of them, so that whoever is killed leaves two
// with songs each, which can be merged again.
class Merging {
 public:
  Merging(LibraryDatabase& database, const Viewer& viewer, CatalogueKind kind, int64_t into, int64_t from)
      : database_(database), viewer_(viewer), kind_(kind), into_(into), from_(from) {}

  // A slice, in one transaction. True: that was the last one; `from` is gone then, and what referred to it refers to `into`. Of
  // songs: what `into` does not know it takes from `from`, a file and words among it; a person's own rating of `into` stays.
  // `files` gets the hashes of files that no song has any more: the caller's to delete.
  [[nodiscard]] FromCatalogue<bool> go_on(int64_t now_s, std::vector<std::string>& files);

 private:
  static constexpr int64_t kMovedAtOnce = 10;
  static constexpr int64_t kMoreThanCounted = 200;
  [[nodiscard]] FromCatalogue<void> may();
  [[nodiscard]] bool move_some(bool& is_last);
  [[nodiscard]] bool move_rows(const std::string& table, bool (*index)(LibraryDatabase& database, int64_t id), int64_t& left,
                               bool& is_last);
  [[nodiscard]] bool finish(bool kept);
  [[nodiscard]] bool set_kept(int64_t id, bool kept);
  [[nodiscard]] bool merge_songs(int64_t now_s, std::vector<std::string>& files);
  [[nodiscard]] bool move_favourites();
  // "artist", "artists"
  [[nodiscard]] std::string column() const { return std::string(name_of(kind_)); }
  [[nodiscard]] std::string table() const { return column() + "s"; }

  LibraryDatabase& database_;
  Viewer viewer_;
  CatalogueKind kind_;
  int64_t into_;
  int64_t from_;
  bool begun_ = false;
  int64_t most_ = 0;  // so many are moved and no more: somebody may be moving them back
};

}  // namespace roundelay
