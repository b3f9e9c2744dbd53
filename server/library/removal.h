// Deleting from the catalogue: what goes along is told before, and again when it is done. What a deleter does not see stays: an
// artist or album with private songs of others stays for these alone. The librarian's loop only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_item.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

struct TakenAlong {
  int64_t albums = 0;
  int64_t songs = 0;
  int64_t words = 0;
  int64_t ratings = 0;
  int64_t favourites = 0;
  int64_t plays = 0;
  int64_t playlist_entries = 0;
  std::vector<std::string> files = {};  // hashes of which no song is left

  bool operator==(const TakenAlong&) const = default;
};
[[nodiscard]] nlohmann::json to_json(const TakenAlong& taken);

// Of one thing, by slices of a few ms, for an artist may have very many songs. What is written meanwhile is met or not.
class Removal {
 public:
  Removal(LibraryDatabase& database, const Viewer& viewer, const CatalogueItem& item)
      : database_(database), viewer_(viewer), kind_(item.kind), id_(item.id) {}

  // A slice of finding out what goes along with it; of an album or a song: itself not counted. True: that was the last one.
  [[nodiscard]] FromCatalogue<bool> count_on();
  [[nodiscard]] const TakenAlong& taken() const { return taken_; }
  // Once that is known: a slice of deleting it, in one transaction. Whoever may change it; artists and albums: curators. `files`
  // gets the hashes whose rows are gone then; these files are the caller's to delete.
  [[nodiscard]] FromCatalogue<bool> remove_on(std::vector<std::string>& files);

 private:
  static constexpr int kCountedAtOnce = 100, kRemovedAtOnce = 10;
  [[nodiscard]] FromCatalogue<void> may(bool change);
  [[nodiscard]] bool find_more();
  [[nodiscard]] bool count_song(int64_t song);
  [[nodiscard]] bool count_albums();
  [[nodiscard]] bool remove_album(int64_t album);
  [[nodiscard]] bool remove_artist();
  [[nodiscard]] bool read_integers(std::vector<int64_t>& into, std::string_view sql, const SqlValues& values);

  LibraryDatabase& database_;
  Viewer viewer_;
  CatalogueKind kind_;
  int64_t id_;
  TakenAlong taken_ = {};
  bool begun_ = false;
  bool songs_found_ = false, albums_found_ = false;
  std::vector<int64_t> songs_ = {}, albums_ = {};  // some of the songs she does not see
  size_t counted_songs_ = 0, counted_albums_ = 0, removed_songs_ = 0, removed_albums_ = 0;
  std::map<std::string, int64_t> songs_left_ = {};  // by file, of files that have several
};

// All slices at once.
[[nodiscard]] FromCatalogue<TakenAlong> would_take(LibraryDatabase& database, const Viewer& viewer, const CatalogueItem& item);
[[nodiscard]] FromCatalogue<TakenAlong> remove_item(LibraryDatabase& database, const Viewer& viewer, const CatalogueItem& item);

// In a transaction: a song, if there is one, and the row of its file if that was its last song; its hash is added to `files`.
// False: the database does not take it.
[[nodiscard]] bool remove_song(LibraryDatabase& database, int64_t song, std::vector<std::string>& files);

}  // namespace roundelay
