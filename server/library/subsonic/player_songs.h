// Songs as players see them: those that the viewer may see and that have a file. The librarian's loop only. Times are Unix time
// in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/subsonic/answer_node.h"
#include "server/library/subsonic/player_ids.h"
#include "server/library/subsonic/subsonic_fault.h"
#include "server/library/viewer.h"

namespace roundelay {

struct PlayerSong {
  int64_t id = 0;
  std::string title;
  std::optional<int64_t> artist_id = {};
  std::string artist = {};
  std::optional<int64_t> album_id = {};
  std::string album = {};
  std::optional<int64_t> album_artist_id = {};
  std::string album_artist = {};
  std::optional<int64_t> disc = {};
  std::optional<int64_t> track = {};
  std::string genre = {};
  std::optional<int64_t> length_ms = {};
  std::optional<double> tempo_bpm = {};
  std::optional<int64_t> year = {};
  std::string attribution = {};
  std::string hash = {};
  int64_t bytes = 0;
  std::string kind = {};  // of its file: "mp3"
  std::optional<double> rating = {};
  std::optional<int64_t> own_rating = {};
  int64_t times_heard = 0;  // by the viewer, as what follows
  std::optional<int64_t> last_heard_s = {};
  std::optional<int64_t> starred_s = {};
  int64_t created_s = 0;

  [[nodiscard]] PlayerId artist_player_id() const;
  [[nodiscard]] std::string artist_name() const;
  [[nodiscard]] PlayerId album_player_id() const;
  [[nodiscard]] std::string album_title() const;
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
  [[nodiscard]] FromSubsonic<std::vector<PlayerSong>> of_ids(const std::vector<int64_t>& ids);
  [[nodiscard]] FromSubsonic<std::vector<PlayerSong>> of_album(const PlayerId& album);

 private:
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
