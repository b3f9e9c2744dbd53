// What people do with songs: ratings from 1 to 10, favourites, plays. Of those who have an account; each sees her own, all see
// the averages. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_item.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

struct PlayedSong {
  CatalogueSong song;
  int64_t at = 0;
};
struct Play {
  int64_t song = 0;
  int64_t at_s = 0;  // when; not in the future
};

class Listening {
 public:
  explicit Listening(LibraryDatabase& database) : database_(database) {}

  // Nothing takes it away.
  [[nodiscard]] FromCatalogue<void> rate(const Viewer& viewer, int64_t song, std::optional<int64_t> value, int64_t now_s);
  [[nodiscard]] FromCatalogue<std::optional<int64_t>> own_rating(const Viewer& viewer, int64_t song);

  [[nodiscard]] FromCatalogue<void> set_favourite(const Viewer& viewer, CatalogueKind kind, int64_t id, bool is, int64_t now_s);
  // In one transaction; what she does not see is left out.
  [[nodiscard]] FromCatalogue<void> set_favourites(const Viewer& viewer, std::span<const CatalogueItem> items, bool is,
                                                   int64_t now_s);
  // The newest first; what she does not see any more is left out.
  [[nodiscard]] FromCatalogue<std::vector<CatalogueSong>> favourite_songs(const Viewer& viewer, const Page& page);
  [[nodiscard]] FromCatalogue<std::vector<Album>> favourite_albums(const Viewer& viewer, const Page& page);
  [[nodiscard]] FromCatalogue<std::vector<Artist>> favourite_artists(const Viewer& viewer, const Page& page);
  // Of the kind of which there are most, also those that she does not see now: no page from there on has any.
  [[nodiscard]] FromCatalogue<int64_t> favourite_count(const Viewer& viewer);

  [[nodiscard]] FromCatalogue<void> played(const Viewer& viewer, int64_t song, int64_t at_s, int64_t now_s);
  // In one transaction; songs that she does not see are left out.
  [[nodiscard]] FromCatalogue<void> played(const Viewer& viewer, std::span<const Play> plays, int64_t now_s);
  // The last first.
  [[nodiscard]] FromCatalogue<std::vector<PlayedSong>> history(const Viewer& viewer, const Page& page);

 private:
  template <typename Items, typename Write>
  [[nodiscard]] FromCatalogue<void> write_seen(const Viewer& viewer, const Items& items, Write&& write);
  [[nodiscard]] FromCatalogue<std::vector<int64_t>> favourites(const Viewer& viewer, std::string_view kind, const Page& page);

  LibraryDatabase& database_;
};

}  // namespace roundelay
