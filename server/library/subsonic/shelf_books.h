// The albums that players are shown, with what the songs of each add up to, by whom the songs are there for: so one bookkeeping
// serves all viewers. What was written is read anew by album. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/sql.h"
#include "server/library/subsonic/player_ids.h"
#include "server/library/subsonic/sliced_sort.h"
#include "server/library/viewer.h"

namespace roundelay {

struct ShelfGenre {
  std::string name;
  std::string fold;
};

// The first song in the order of an album that has a picture of its own.
struct ShelfCover {
  std::tuple<int64_t, int64_t, int64_t> place = {INT64_MAX, INT64_MAX, INT64_MAX};  // disc, track, id
  std::string hash = {};                                                            // its beginning; empty: there is none
};

// The songs of an album that are there for the same people.
struct ShelfPart {
  static constexpr int64_t kEverybody = 0;
  static constexpr int64_t kAdmins = -1;

  int64_t owner = kEverybody;  // otherwise the account that alone sees them, beside admins
  std::vector<int64_t> songs = {};
  std::vector<int64_t> singers = {};                               // their artists, by id, each once; 0: a song has none
  std::vector<std::pair<const ShelfGenre*, int64_t>> genres = {};  // how many songs of each
  int64_t length_ms = 0;
  int64_t newest_s = 0;  // when its newest song came
  std::optional<int64_t> latest_year = {};
  double ratings = 0;  // the sum of songs' averages, and of how many songs
  int64_t rated = 0;
  ShelfCover cover = {};

  [[nodiscard]] bool is_for(const Viewer& viewer) const { return is_for(owner, viewer); }
  [[nodiscard]] static bool is_for(int64_t owner, const Viewer& viewer) {
    return owner == kEverybody || viewer.sees_all() || (owner > 0 && owner == viewer.account);
  }
};

struct ShelfSong {
  PlayerId album = {};
  int64_t owner = ShelfPart::kEverybody;
};

struct ShelfArtist;
struct ShelfAlbum {
  PlayerId id = {};
  std::string title = {};
  std::string fold = {};
  PlayerId artist_id = {};
  const ShelfArtist* artist = nullptr;
  std::optional<int64_t> year = {};
  std::string cover = {};             // the beginning of its own picture's hash; empty: it has none
  std::vector<ShelfPart> parts = {};  // by owner; never none

  // Whether there is a song of this genre on it that the viewer sees.
  [[nodiscard]] bool has_genre(std::string_view folded_name, const Viewer& viewer) const;
};
using ShelfAlbums = std::vector<const ShelfAlbum*>;

struct ShelfArtist {
  PlayerId id = {};
  std::string name = {};
  std::string fold = {};
  ShelfAlbums albums = {};  // its own, and those on which it sings; by title
};

// By title, by id where these are the same; artists likewise.
[[nodiscard]] bool stands_before(const ShelfAlbum* a, const ShelfAlbum* b);
[[nodiscard]] bool artist_stands_before(const ShelfArtist* a, const ShelfArtist* b);

class ShelfBooks {
 public:
  // All is read anew, by slices: begin(), then read_on() until it says that this was the last one; nothing: the database cannot
  // be read. What is written meanwhile may be missing: it is to be read by album and artist then.
  void begin(size_t rows_at_once);
  [[nodiscard]] std::optional<bool> read_on(LibraryDatabase& database);
  // False: the database cannot be read.
  [[nodiscard]] bool read_album(LibraryDatabase& database, const PlayerId& id);
  [[nodiscard]] bool read_artist(LibraryDatabase& database, int64_t id);

  [[nodiscard]] const ShelfAlbums& albums() const { return by_title_; }
  [[nodiscard]] const std::vector<const ShelfArtist*>& artists() const { return by_name_; }
  [[nodiscard]] const std::map<int64_t, ShelfSong>& songs() const { return songs_; }  // by id
  // Null: there is none.
  [[nodiscard]] const ShelfAlbum* album(const PlayerId& id) const;
  [[nodiscard]] const ShelfArtist* artist(const PlayerId& id) const;

 private:
  // What read_on() does, in this order.
  enum class Step { kArtists, kSongs, kAlbums, kName, kSort, kPutUp, kListArtists, kSortArtists, kDone };
  [[nodiscard]] bool read_songs(LibraryDatabase& database, const std::string& where, const SqlValues& values);
  [[nodiscard]] bool read_rows_of_albums(LibraryDatabase& database, const std::string& where, const SqlValues& values);
  [[nodiscard]] bool read_artists(LibraryDatabase& database, int64_t last);
  [[nodiscard]] bool read_rows(LibraryDatabase& database);
  // A part of the albums or artists that are known, into `sorted`; `look` at each.
  template <typename Things, typename Sorted, typename Look>
  void walk_on(Things& things, Sorted& sorted, Look&& look);
  void put_up(const ShelfAlbum& album);
  void next_step();
  const ShelfGenre* genre(const std::string& name);
  void add_artist(const PlayerId& id, std::string name, std::string fold);
  void name_album(ShelfAlbum& album);
  void take_down(const PlayerId& id);

  std::map<PlayerId, ShelfAlbum> albums_;
  std::map<PlayerId, ShelfArtist> artists_;
  std::map<std::string, ShelfGenre> genres_;  // all that there ever were
  std::map<int64_t, ShelfSong> songs_;
  ShelfAlbums by_title_;
  std::vector<const ShelfArtist*> by_name_;
  Step step_ = Step::kDone;
  int64_t behind_ = 0;          // of the rows that a step reads: up to this id they are read
  PlayerId behind_thing_ = {};  // likewise of what it walks along
  bool walks_ = false;          // it has begun to
  size_t put_up_ = 0;           // so many albums stand under their artists
  size_t at_once_ = 0;
  SlicedSort<const ShelfAlbum*> titles_{stands_before};
  SlicedSort<const ShelfArtist*> names_{artist_stands_before};
};

// Which songs are on this album.
[[nodiscard]] SqlCondition is_on_album(const PlayerId& album);

}  // namespace roundelay
