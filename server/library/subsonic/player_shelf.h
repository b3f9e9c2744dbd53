// All albums and artists that a viewer's player is shown, put together from the songs that it is shown (player_ids.h has the
// rules). What was written since costs only what it touches. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/row_notes.h"
#include "server/library/subsonic/answer_node.h"
#include "server/library/subsonic/player_ids.h"
#include "server/library/subsonic/shelf_books.h"
#include "server/library/subsonic/subsonic_fault.h"
#include "server/library/viewer.h"

namespace roundelay {

// Texts are the shelf's.
struct PlayerAlbum {
  PlayerId id;
  std::string_view title;
  PlayerId artist_id = {};
  std::string_view artist = {};
  std::optional<int64_t> year = {};
  std::string_view genre = {};  // of one of its songs
  int64_t songs = 0;
  int64_t length_ms = 0;
  int64_t newest_s = 0;  // when its newest song came
  int64_t times_heard = 0;
  int64_t last_heard_s = 0;
  double rating = 0;  // the average of its songs' averages
  std::optional<int64_t> starred_s = {};
  std::string_view cover = {};  // the beginning of its hash; empty: it has none

  bool operator==(const PlayerAlbum&) const = default;
};

struct PlayerArtist {
  PlayerId id;
  std::string_view name;
  std::string_view fold;
  int64_t albums = 0;
  std::optional<int64_t> starred_s = {};

  bool operator==(const PlayerArtist&) const = default;
};

// What an account itself brings: what it has heard, of each album, and what it likes.
struct OwnShelf {
  struct Heard {
    int64_t times = 0;
    int64_t last_s = 0;
  };
  Viewer viewer = {};
  std::map<PlayerId, Heard> heard = {};
  std::map<PlayerId, int64_t> stars = {};  // when each was starred
  std::set<PlayerId> stale = {};           // albums of which `heard` is to be read anew

  // False: the database cannot be read.
  [[nodiscard]] bool read_all(LibraryDatabase& database);
  [[nodiscard]] bool read_heard(LibraryDatabase& database, const PlayerId& album);
  [[nodiscard]] bool read_star(LibraryDatabase& database, const PlayerId& id);
};

struct PlayerGenre {
  std::string_view name;
  int64_t songs = 0;
  int64_t albums = 0;

  bool operator==(const PlayerGenre&) const = default;
};

// How far a list has been gone through by slices: behind which row it goes on. What is written meanwhile is met where it stands
// behind that.
struct ShelfPlace {
  bool begun = false;
  std::string fold = {};
  PlayerId id = {};  // of songs: this alone
};

class PlayerShelf {
 public:
  PlayerShelf(const ShelfBooks& books, const OwnShelf& own) : books_(books), own_(own) {}

  // What the viewer sees of them, by title.
  [[nodiscard]] ShelfAlbums albums() const;
  [[nodiscard]] ShelfAlbums albums_starred() const;
  // The albums that are this artist's own, by title.
  [[nodiscard]] ShelfAlbums own_albums_of(const PlayerId& artist) const;
  // Of an artist, by year and title.
  [[nodiscard]] ShelfAlbums albums_of(const PlayerId& artist) const;
  // Null: there is none for this viewer.
  [[nodiscard]] const ShelfAlbum* album(const PlayerId& id) const;
  // Of one of these.
  [[nodiscard]] PlayerAlbum told(const ShelfAlbum& album) const;

  [[nodiscard]] std::vector<PlayerArtist> artists() const;  // by name
  [[nodiscard]] std::vector<PlayerArtist> artists_starred() const;
  [[nodiscard]] std::optional<PlayerArtist> artist(const PlayerId& id) const;
  [[nodiscard]] std::vector<PlayerGenre> genres() const;  // by name as it is folded
  [[nodiscard]] std::vector<int64_t> songs() const;       // by id
  // The same lists by slices: what is seen among the `most` rows behind `place`, which moves on. True: the list is at its end.
  [[nodiscard]] bool albums_behind(ShelfPlace& place, size_t most, ShelfAlbums& out) const;
  [[nodiscard]] bool artists_behind(ShelfPlace& place, size_t most, std::vector<PlayerArtist>& out) const;
  [[nodiscard]] bool songs_behind(ShelfPlace& place, size_t most, std::vector<int64_t>& out) const;
  // Under which letter of an index it stands: "A", or "#".
  [[nodiscard]] static std::string letter_of(std::string_view fold);

 private:
  [[nodiscard]] bool sees(const ShelfAlbum& album) const;
  [[nodiscard]] std::optional<PlayerArtist> seen(const ShelfArtist& artist) const;
  [[nodiscard]] bool is_under(const ShelfAlbum& album, const PlayerId& artist) const;
  [[nodiscard]] std::optional<int64_t> star_of(const PlayerId& id) const;

  const ShelfBooks& books_;
  const OwnShelf& own_;
};

class PlayerShelves {
 public:
  static constexpr size_t kMostAccounts = 64;
  static constexpr size_t kRowsAtOnce = 1'000;

  explicit PlayerShelves(size_t rows_at_once = kRowsAtOnce);
  // Good until the next call. The fault kShelfIsUnread where read_on() is to be called first.
  [[nodiscard]] FromSubsonic<PlayerShelf> of(LibraryDatabase& database, const Viewer& viewer);
  // Of what all viewers' shelves are made: at the start, and when another process has written, all is read anew, by slices. True:
  // that was the last one.
  [[nodiscard]] FromSubsonic<bool> read_on(LibraryDatabase& database);
  // Reads a part of what was written since, if anybody has asked for a shelf: so that an import leaves little to whoever asks.
  void keep_up(LibraryDatabase& database);

 private:
  static constexpr int64_t kNotesAtOnce = 200;
  static constexpr size_t kMostStale = 500;
  [[nodiscard]] bool look_at_notes(LibraryDatabase& database, int64_t most);
  [[nodiscard]] bool look_at_note(LibraryDatabase& database, const RowNote& note);
  void mark_stale(const PlayerId& album, std::optional<int64_t> account);
  [[nodiscard]] const OwnShelf* own_of(LibraryDatabase& database, const Viewer& viewer);

  RowNotes notes_;
  const size_t rows_at_once_;
  bool right_ = false;    // the books hold what was there when notes were taken last
  bool reading_ = false;  // they are read anew; what is written meanwhile is noted
  ShelfBooks books_;
  std::list<OwnShelf> own_;  // who asked last is first
};

// As an album with its songs counted (AlbumID3), and as a folder (Child).
[[nodiscard]] SubsonicNode to_node(const PlayerAlbum& album);
[[nodiscard]] SubsonicNode folder_node(const PlayerAlbum& album);
[[nodiscard]] SubsonicNode to_node(const PlayerArtist& artist);

}  // namespace roundelay
