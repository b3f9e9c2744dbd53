// Songs as players see them: those that the viewer may see and that have a file. The librarian's loop only. Times are Unix time
// in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/subsonic/answer_node.h"
#include "server/library/subsonic/player_ids.h"
#include "server/library/subsonic/subsonic_fault.h"
#include "server/library/viewer.h"

namespace roundelay {

// Its year is its album's where it has none.
struct PlayerSong : CatalogueSong {
  int64_t bytes = 0;
  std::string kind = {};  // of its file: "mp3"
  std::optional<int64_t> own_rating = {};
  int64_t times_heard = 0;  // by the viewer, as what follows
  std::optional<int64_t> last_heard_s = {};
  std::optional<int64_t> starred_s = {};

  [[nodiscard]] PlayerId artist_player_id() const;
  [[nodiscard]] std::string artist_name() const;
  [[nodiscard]] PlayerId album_player_id() const;
  [[nodiscard]] std::string album_title() const;
  [[nodiscard]] std::string cover_art() const;
};

class PlayerSongs {
 public:
  PlayerSongs(LibraryDatabase& database, const Viewer& viewer) : database_(database), viewer_(viewer) {}

  // `where`: a condition on rows of `songs`, with ORDER BY and LIMIT behind it as wanted.
  [[nodiscard]] FromSubsonic<std::vector<PlayerSong>> where(const std::string& where, const SqlValues& values = {});
  // Of the same; `where` sees nothing but `songs`.
  [[nodiscard]] FromSubsonic<std::vector<int64_t>> ids_where(const std::string& where, const SqlValues& values = {});
  [[nodiscard]] FromSubsonic<PlayerSong> find(int64_t id);
  // In this order; those that she does not see are left out.
  [[nodiscard]] FromSubsonic<std::vector<PlayerSong>> of_ids(std::span<const int64_t> ids);
  // In the order of the album; of one that is longer than any record, in that of their coming.
  [[nodiscard]] FromSubsonic<std::vector<int64_t>> ids_of_album(const PlayerId& album, int64_t songs);

 private:
  static constexpr int64_t kMostInOrder = 2'000;
  LibraryDatabase& database_;
  Viewer viewer_;
};

// A row of `songs` that a player of this viewer is shown.
[[nodiscard]] SqlCondition is_playable(const Viewer& viewer);

[[nodiscard]] SubsonicNode to_node(const PlayerSong& song);
// Adds each of them under this name; the list is there also if there is none.
void add_songs(SubsonicNode& parent, const char* name, const std::vector<PlayerSong>& songs);

// "2027-01-15T08:00:00.000Z".
[[nodiscard]] std::string player_time(int64_t unix_s);
// Ratings: 1 to 10 here, 1 to 5 stars there.
[[nodiscard]] inline int64_t stars_of(int64_t rating) {
  return (rating + 1) / 2;
}

}  // namespace roundelay
