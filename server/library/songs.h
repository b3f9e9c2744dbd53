// Songs of the catalogue. A private song is there for its uploader (and admins) alone. The librarian's loop only. Times are Unix
// time in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/song_fields.h"
#include "server/library/song_filter.h"
#include "server/library/viewer.h"

namespace roundelay {

// A song's file, as far as the catalogue knows it.
struct SongFile {
  std::string hash = {};  // of a row of files; empty: the song has none
  std::string status = "NO_FILE";
};

class Songs {
 public:
  explicit Songs(LibraryDatabase& database) : database_(database) {}

  [[nodiscard]] FromCatalogue<PageOf<CatalogueSong>> list(const Viewer& viewer, const SongFilter& filter, const Page& page);
  // The same in pieces (long_page.h). Nothing: the database could not be read.
  [[nodiscard]] std::optional<int64_t> count(const Viewer& viewer, const SongFilter& filter);
  [[nodiscard]] std::optional<std::vector<int64_t>> ids(const Viewer& viewer, const Page& page, const SongFilter& filter);
  [[nodiscard]] FromCatalogue<CatalogueSong> find(const Viewer& viewer, int64_t id);
  // What can be changed of it, with its words.
  [[nodiscard]] FromCatalogue<SongFields> fields(const Viewer& viewer, int64_t id);
  [[nodiscard]] FromCatalogue<std::string> words(const Viewer& viewer, int64_t id);
  // Of somebody with an account.
  [[nodiscard]] FromCatalogue<int64_t> add(const Viewer& viewer, const nlohmann::json& fields, int64_t now_s);
  [[nodiscard]] FromCatalogue<void> change(const Viewer& viewer, int64_t id, const nlohmann::json& fields, int64_t now_s);

  // What could not be done with the file of a song is tried again; nothing is done where there is no such thing.
  [[nodiscard]] FromCatalogue<void> retry(const Viewer& viewer, int64_t id);

  // In a transaction, of checked fields; false or 0: the database does not take it. `uploader` 0: nobody's.
  [[nodiscard]] int64_t insert(const SongFields& fields, const SongFile& file, int64_t uploader, int64_t now_s);
  [[nodiscard]] bool update(int64_t id, const SongFields& fields, int64_t now_s);

 private:
  // The ids of artist and album, made where there are none.
  struct Place {
    std::optional<int64_t> artist = {};
    std::optional<int64_t> album = {};
  };
  [[nodiscard]] std::optional<Place> place_of(const SongFields& fields, int64_t now_s);
  [[nodiscard]] bool keep_words(int64_t id, const std::string& words);
  // Of ids that were given instead of names: whether the viewer sees them.
  [[nodiscard]] FromCatalogue<void> checked_ids(const Viewer& viewer, const SongFields& fields);

  LibraryDatabase& database_;
};

}  // namespace roundelay
