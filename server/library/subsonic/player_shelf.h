// All albums and artists that a viewer's player is shown, put together from the songs that it is shown (player_ids.h has the
// rules). Made anew when the database has changed. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/subsonic/answer_node.h"
#include "server/library/subsonic/player_ids.h"
#include "server/library/subsonic/subsonic_fault.h"
#include "server/library/viewer.h"

namespace roundelay {

struct PlayerAlbum {
  PlayerId id;
  std::string title;
  std::string fold = {};
  PlayerId artist_id = {};
  std::string artist = {};
  std::string artist_fold = {};
  std::optional<int64_t> year = {};
  std::string genre = {};  // of one of its songs
  int64_t songs = 0;
  int64_t length_ms = 0;
  int64_t newest_s = 0;  // when its newest song came
  int64_t times_heard = 0;
  int64_t last_heard_s = 0;
  double rating = 0;  // the average of its songs' averages
  std::optional<int64_t> starred_s = {};
};

struct PlayerArtist {
  PlayerId id;
  std::string name;
  std::string fold = {};
  std::vector<size_t> albums = {};  // indices of PlayerShelf::albums, by year and title
  std::optional<int64_t> starred_s = {};
};

struct PlayerShelf {
  std::vector<PlayerAlbum> albums;    // by title
  std::vector<PlayerArtist> artists;  // by name
  int64_t songs = 0;

  [[nodiscard]] const PlayerAlbum* album(const PlayerId& id) const;
  [[nodiscard]] const PlayerArtist* artist(const PlayerId& id) const;
  // Under which letter of an index it stands: "A", or "#".
  [[nodiscard]] static std::string letter_of(const std::string& fold);
};

[[nodiscard]] FromSubsonic<PlayerShelf> make_shelf(LibraryDatabase& database, const Viewer& viewer);

class PlayerShelves {
 public:
  static constexpr size_t kMostShelves = 8;

  // Good until the next call.
  [[nodiscard]] FromSubsonic<const PlayerShelf*> of(LibraryDatabase& database, const Viewer& viewer);

 private:
  int64_t changes_ = -1;  // of the database by this connection, when these were right
  int64_t version_ = -1;  // changes with what other connections write
  std::map<std::pair<int64_t, LibraryRole>, PlayerShelf> shelves_;
};

// As an album with its songs counted (AlbumID3), and as a folder (Child).
[[nodiscard]] SubsonicNode to_node(const PlayerAlbum& album);
[[nodiscard]] SubsonicNode folder_node(const PlayerAlbum& album);
[[nodiscard]] SubsonicNode to_node(const PlayerArtist& artist);

}  // namespace roundelay
