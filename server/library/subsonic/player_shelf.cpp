#include "server/library/subsonic/player_shelf.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "server/library/folding.h"
#include "server/library/subsonic/player_songs.h"

namespace roundelay {
namespace {

using IdKind = PlayerId::Kind;

// The songs of an album together, and the loose songs of an artist.
constexpr const char* kSumsOfAlbums =
    "SELECT songs.album, CASE WHEN songs.album IS NULL THEN coalesce(songs.artist, 0) END, COUNT(*), SUM(songs.length_ms), "
    "MAX(songs.created), SUM(heard.times), MAX(heard.last), AVG(songs.rating), MAX(songs.year), MAX(songs.genre) FROM songs LEFT "
    "JOIN heard ON heard.account = ? AND heard.song = songs.id WHERE ";

struct KnownArtist {
  std::string name;
  std::string fold;
};
using KnownArtists = std::map<int64_t, KnownArtist>;
using Stars = std::map<int64_t, int64_t>;  // when each was starred

class ShelfMaker {
 public:
  ShelfMaker(LibraryDatabase& database, const Viewer& viewer) : database_(database), viewer_(viewer) {}

  FromSubsonic<PlayerShelf> make() {
    if (!read_artists() || !read_stars("album", album_stars_) || !read_stars("artist", artist_stars_) || !read_albums())
      return library_is_away();
    std::sort(out_.albums.begin(), out_.albums.end(),
              [](const PlayerAlbum& a, const PlayerAlbum& b) { return std::tie(a.fold, a.id) < std::tie(b.fold, b.id); });
    if (!put_on_artists()) return library_is_away();
    return std::move(out_);
  }

 private:
  bool read_artists() {
    return each_row(database_, "SELECT id, name, fold FROM artists", {}, [&](const SqlRow& row) {
      artists_[row.integer(0)] = {row.text(1), row.text(2)};
    });
  }
  bool read_stars(const char* kind, Stars& into) {
    return each_row(database_, "SELECT item, at FROM favourites WHERE account = ? AND kind = ?", {viewer_.account, kind},
                    [&](const SqlRow& row) { into[row.integer(0)] = row.integer(1); });
  }
  static std::optional<int64_t> star_of(const Stars& stars, int64_t id) {
    const auto found = stars.find(id);
    return found == stars.end() ? std::nullopt : std::optional(found->second);
  }
  void set_artist(PlayerAlbum& album, std::optional<int64_t> artist, IdKind without) {
    const auto known = artist ? artists_.find(*artist) : artists_.end();
    if (known != artists_.end()) {
      album.artist_id = {IdKind::kArtist, known->first};
      album.artist = known->second.name;
      album.artist_fold = known->second.fold;
      return;
    }
    album.artist_id = {without, 0};
    album.artist = without == IdKind::kUnknownArtist ? kUnknownArtistName : kVariousArtistsName;
    album.artist_fold = folded(album.artist);
  }

  bool read_albums() {
    struct Known {
      std::string title, fold;
      std::optional<int64_t> artist, year;
    };
    std::map<int64_t, Known> known;
    if (!each_row(database_, "SELECT id, title, fold, artist, year FROM albums", {}, [&](const SqlRow& row) {
          known[row.integer(0)] = {row.text(1), row.text(2), row.integer_or_null(3), row.integer_or_null(4)};
        }))
      return false;
    const SqlCondition seen = is_playable(viewer_);
    SqlValues values{viewer_.account};
    values.insert(values.end(), seen.values.begin(), seen.values.end());
    return each_row(database_, kSumsOfAlbums + seen.sql + " GROUP BY 1, 2", values, [&](const SqlRow& row) {
      PlayerAlbum album;
      if (const auto id = row.integer_or_null(0)) {
        const Known& row_of_album = known[*id];
        album.id = {IdKind::kAlbum, *id};
        album.title = row_of_album.title;
        album.fold = row_of_album.fold;
        album.year = row_of_album.year ? row_of_album.year : row.integer_or_null(8);
        album.starred_s = star_of(album_stars_, *id);
        set_artist(album, row_of_album.artist, IdKind::kVariousArtists);
      } else {
        album.id = {IdKind::kLooseSongs, row.integer(1)};
        album.title = kLooseSongsTitle;
        album.fold = folded(album.title);
        const bool unknown = row.integer(1) == 0;
        set_artist(album, unknown ? std::nullopt : std::optional(row.integer(1)), IdKind::kUnknownArtist);
      }
      album.songs = row.integer(2);
      album.length_ms = row.integer(3);
      album.newest_s = row.integer(4);
      album.times_heard = row.integer(5);
      album.last_heard_s = row.integer(6);
      album.rating = row.real(7);
      album.genre = row.text(9);
      out_.songs += album.songs;
      out_.albums.push_back(std::move(album));
    });
  }

  // Each album under its artist, and under those who sing on it.
  bool put_on_artists() {
    std::map<PlayerId, size_t> place;
    for (size_t i = 0; i < out_.albums.size(); ++i) place[out_.albums[i].id] = i;
    std::map<PlayerId, std::set<size_t>> albums;
    for (size_t i = 0; i < out_.albums.size(); ++i) albums[out_.albums[i].artist_id].insert(i);
    const SqlCondition seen = is_playable(viewer_);
    const bool read = each_row(database_,
                               "SELECT DISTINCT songs.album, songs.artist FROM songs WHERE " + seen.sql +
                                   " AND songs.album IS NOT NULL AND songs.artist IS NOT NULL",
                               seen.values, [&](const SqlRow& row) {
                                 albums[{IdKind::kArtist, row.integer(1)}].insert(place[{IdKind::kAlbum, row.integer(0)}]);
                               });
    // Songs without an artist on albums without one.
    const bool read_unknown =
        read && each_row(database_,
                         "SELECT DISTINCT songs.album FROM songs JOIN albums ON albums.id = songs.album WHERE " + seen.sql +
                             " AND songs.artist IS NULL AND albums.artist IS NULL",
                         seen.values, [&](const SqlRow& row) {
                           albums[{IdKind::kUnknownArtist, 0}].insert(place[{IdKind::kAlbum, row.integer(0)}]);
                         });
    for (const auto& [id, indices] : albums) out_.artists.push_back(artist_with(id, indices));
    std::sort(out_.artists.begin(), out_.artists.end(),
              [](const PlayerArtist& a, const PlayerArtist& b) { return std::tie(a.fold, a.id) < std::tie(b.fold, b.id); });
    return read && read_unknown;
  }
  PlayerArtist artist_with(const PlayerId& id, const std::set<size_t>& albums) {
    PlayerArtist out{id, id.kind == IdKind::kUnknownArtist ? kUnknownArtistName : kVariousArtistsName};
    if (const auto known = artists_.find(id.id); id.kind == IdKind::kArtist && known != artists_.end()) {
      out.name = known->second.name;
      out.fold = known->second.fold;
      out.starred_s = star_of(artist_stars_, id.id);
    }
    if (out.fold.empty()) out.fold = folded(out.name);
    out.albums.assign(albums.begin(), albums.end());
    std::stable_sort(out.albums.begin(), out.albums.end(), [&](size_t a, size_t b) {
      return out_.albums[a].year.value_or(9'999) < out_.albums[b].year.value_or(9'999);
    });
    return out;
  }

  LibraryDatabase& database_;
  const Viewer viewer_;
  KnownArtists artists_;
  Stars album_stars_, artist_stars_;
  PlayerShelf out_;
};

int64_t seconds_of(int64_t ms) {
  return (ms + 500) / 1'000;
}

}  // namespace

const PlayerAlbum* PlayerShelf::album(const PlayerId& id) const {
  const auto found = std::find_if(albums.begin(), albums.end(), [&](const PlayerAlbum& each) { return each.id == id; });
  return found == albums.end() ? nullptr : &*found;
}

const PlayerArtist* PlayerShelf::artist(const PlayerId& id) const {
  const auto found = std::find_if(artists.begin(), artists.end(), [&](const PlayerArtist& each) { return each.id == id; });
  return found == artists.end() ? nullptr : &*found;
}

std::string PlayerShelf::letter_of(const std::string& fold) {
  if (fold.empty() || fold.front() < 'a' || fold.front() > 'z') return "#";
  return {static_cast<char>(fold.front() - 'a' + 'A')};
}

FromSubsonic<PlayerShelf> make_shelf(LibraryDatabase& database, const Viewer& viewer) {
  return ShelfMaker(database, viewer).make();
}

FromSubsonic<const PlayerShelf*> PlayerShelves::of(LibraryDatabase& database, const Viewer& viewer) {
  const auto changes = sql_integer(database, "SELECT total_changes()"), version = sql_integer(database, "PRAGMA data_version");
  if (!changes || !version || *changes != changes_ || *version != version_ || shelves_.size() >= kMostShelves) shelves_.clear();
  changes_ = changes.value_or(-1);
  version_ = version.value_or(-1);
  const std::pair key{viewer.account, viewer.role};
  const auto there = shelves_.find(key);
  if (there != shelves_.end()) return &there->second;
  auto made = make_shelf(database, viewer);
  if (!made) return tl::unexpected(made.error());
  return &shelves_.insert_or_assign(key, *std::move(made)).first->second;
}

SubsonicNode to_node(const PlayerAlbum& album) {
  SubsonicNode out;
  out.set("id", album.id.text()).set("name", album.title).set("artist", album.artist).set("artistId", album.artist_id.text());
  out.set("coverArt", album.id.text()).set("songCount", album.songs).set("duration", seconds_of(album.length_ms));
  out.set("playCount", album.times_heard).set("created", player_time(album.newest_s)).set("year", album.year);
  out.set_unless_empty("genre", album.genre).set("displayArtist", album.artist);
  if (album.last_heard_s != 0) out.set("played", player_time(album.last_heard_s));
  if (album.starred_s) out.set("starred", player_time(*album.starred_s));
  out.add("artists", SubsonicNode().set("id", album.artist_id.text()).set("name", album.artist));
  out.list("genres");
  if (!album.genre.empty()) out.add("genres", SubsonicNode().set("name", album.genre));
  return out;
}

SubsonicNode folder_node(const PlayerAlbum& album) {
  SubsonicNode out;
  out.set("id", album.id.text()).set("parent", album.artist_id.text()).set("isDir", true).set("title", album.title);
  out.set("album", album.title).set("artist", album.artist).set("year", album.year);
  out.set_unless_empty("genre", album.genre).set("coverArt", album.id.text()).set("duration", seconds_of(album.length_ms));
  out.set("playCount", album.times_heard).set("created", player_time(album.newest_s));
  out.set("artistId", album.artist_id.text()).set("isVideo", false).set("mediaType", "album");
  if (album.last_heard_s != 0) out.set("played", player_time(album.last_heard_s));
  if (album.starred_s) out.set("starred", player_time(*album.starred_s));
  return out;
}

SubsonicNode to_node(const PlayerArtist& artist) {
  SubsonicNode out;
  out.set("id", artist.id.text()).set("name", artist.name).set("albumCount", artist.albums.size());
  out.set("coverArt", artist.id.text());
  if (artist.starred_s) out.set("starred", player_time(*artist.starred_s));
  return out;
}

}  // namespace roundelay
