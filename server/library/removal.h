// Deleting from the catalogue: what goes along is told before, and again when it is done. What a deleter does not see stays: an
// artist or album with private songs of others stays for these alone. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/library/catalogue_fault.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

enum class CatalogueKind { kArtist, kAlbum, kSong };

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

class Removal {
 public:
  explicit Removal(LibraryDatabase& database) : database_(database) {}

  // What would go along with it; of an album or a song: itself not counted.
  [[nodiscard]] FromCatalogue<TakenAlong> would_take(const Viewer& viewer, CatalogueKind kind, int64_t id);
  // Whoever may change it; artists and albums: curators. The rows of `files` are gone then, and the files are the caller's to
  // delete.
  [[nodiscard]] FromCatalogue<TakenAlong> remove(const Viewer& viewer, CatalogueKind kind, int64_t id);

  // In a transaction: the hashes of files that no song has but these (`songs`: a condition on rows of `songs`), whose rows are
  // deleted by forget_files() when the songs are. Nothing: the database could not be read.
  [[nodiscard]] std::optional<std::vector<std::string>> last_files(const SqlCondition& songs);
  [[nodiscard]] bool forget_files(const std::vector<std::string>& hashes);

 private:
  [[nodiscard]] FromCatalogue<void> may(const Viewer& viewer, CatalogueKind kind, int64_t id, bool change);
  [[nodiscard]] std::optional<TakenAlong> count(CatalogueKind kind, int64_t id, const SqlCondition& songs);

  LibraryDatabase& database_;
};

}  // namespace roundelay
