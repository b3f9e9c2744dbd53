#include "server/library/subsonic/player_shelf.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>

#include "server/library/subsonic/player_songs.h"

namespace roundelay {
namespace {

using IdKind = PlayerId::Kind;

// Kinds of notes, in the order in which they are looked at: an artist goes after its albums.
enum ShelfNote : int64_t { kAlbumNote, kLooseNote, kArtistNote, kHeardNote, kAlbumStarNote, kArtistStarNote };

bool watch_shelf(RowNotes& notes, LibraryDatabase& database) {
  const auto kind_is = [](ShelfNote kind) { return std::to_string(kind); };
  const std::string loose_or_not =
      "CASE WHEN row.album IS NULL THEN " + kind_is(kLooseNote) + " ELSE " + kind_is(kAlbumNote) + " END";
  const std::string star_of =
      "CASE row.kind WHEN 'album' THEN " + kind_is(kAlbumStarNote) + " ELSE " + kind_is(kArtistStarNote) + " END";
  return notes.watch_all(database, {"artists", "", "", kind_is(kArtistNote), "row.id"}, "name, fold") &&
         notes.watch_all(database, {"albums", "", "", kind_is(kAlbumNote), "row.id"}, "title, fold, artist, year, cover") &&
         notes.watch_all(
             database, {"songs", "", "", loose_or_not, "coalesce(row.album, row.artist, 0)"},
             "album, artist, hash, private, uploader, length_ms, created, rating, year, genre, disc, track, cover, tag_cover") &&
         notes.watch_all(database, {"heard", "", "", kind_is(kHeardNote), "row.song", "row.account"}) &&
         notes.watch_all(database, {"favourites", "", "", star_of, "row.item", "row.account"});
}

int64_t seconds_of(int64_t ms) {
  return (ms + 500) / 1'000;
}

// `row` for each of the `most` rows behind `place` in this list, which is ordered by fold and id.
template <typename Row, typename OnRow>
bool walk_on(const std::vector<const Row*>& rows, ShelfPlace& place, size_t most, OnRow&& row) {
  auto next = rows.begin();
  if (place.begun) {
    next = std::upper_bound(rows.begin(), rows.end(), place, [](const ShelfPlace& behind, const Row* each) {
      return std::tie(behind.fold, behind.id) < std::tie(each->fold, each->id);
    });
  }
  for (; next != rows.end() && most > 0; ++next, --most) {
    row(**next);
    if (most == 1) place = {true, (*next)->fold, (*next)->id};
  }
  return next == rows.end();
}

}  // namespace

bool OwnShelf::read_all(LibraryDatabase& database) {
  heard.clear();
  stars.clear();
  const SqlCondition seen = is_playable(viewer);
  SqlValues values{viewer.account};
  append(values, seen.values);
  return each_row(database,
                  "SELECT songs.album, coalesce(songs.album, songs.artist, 0), heard.times, heard.last FROM heard JOIN songs ON "
                  "songs.id = heard.song WHERE heard.account = ? AND " +
                      seen.sql,
                  values,
                  [&](const SqlRow& row) {
                    Heard& sum = heard[{row.is_null(0) ? IdKind::kLooseSongs : IdKind::kAlbum, row.integer(1)}];
                    sum.times += row.integer(2);
                    sum.last_s = std::max(sum.last_s, row.integer(3));
                  }) &&
         each_row(database, "SELECT kind = 'album', item, at FROM favourites WHERE account = ? AND kind IN ('album', 'artist')",
                  {viewer.account}, [&](const SqlRow& row) {
                    stars[{row.flag(0) ? IdKind::kAlbum : IdKind::kArtist, row.integer(1)}] = row.integer(2);
                  });
}

bool OwnShelf::read_heard(LibraryDatabase& database, const PlayerId& album) {
  const SqlCondition seen = is_playable(viewer), on_it = is_on_album(album);
  SqlValues values{viewer.account};
  append(values, seen.values);
  append(values, on_it.values);
  return each_row(database,
                  "SELECT COUNT(*), SUM(heard.times), MAX(heard.last) FROM songs CROSS JOIN heard ON heard.account = ? AND "
                  "heard.song = songs.id WHERE " +
                      seen.sql + " AND " + on_it.sql,
                  values, [&](const SqlRow& row) {
                    if (row.integer(0) > 0)
                      heard[album] = {row.integer(1), row.integer(2)};
                    else
                      heard.erase(album);
                  });
}

bool OwnShelf::read_star(LibraryDatabase& database, const PlayerId& id) {
  stars.erase(id);
  return each_row(database, "SELECT at FROM favourites WHERE account = ? AND kind = ? AND item = ?",
                  {viewer.account, id.kind == IdKind::kAlbum ? "album" : "artist", id.id},
                  [&](const SqlRow& row) { stars[id] = row.integer(0); });
}

std::optional<int64_t> PlayerShelf::star_of(const PlayerId& id) const {
  const auto found = own_.stars.find(id);
  return found == own_.stars.end() ? std::nullopt : std::optional(found->second);
}

bool PlayerShelf::sees(const ShelfAlbum& album) const {
  return std::any_of(album.parts.begin(), album.parts.end(), [&](const ShelfPart& part) { return part.is_for(own_.viewer); });
}

PlayerAlbum PlayerShelf::told(const ShelfAlbum& album) const {
  PlayerAlbum out{.id = album.id, .title = album.title, .artist_id = album.artist_id};
  std::optional<int64_t> latest_year;
  double ratings = 0;
  int64_t rated = 0;
  const ShelfCover* cover = nullptr;
  for (const ShelfPart& part : album.parts) {
    if (!part.is_for(own_.viewer)) continue;
    out.songs += static_cast<int64_t>(part.songs.size());
    out.length_ms += part.length_ms;
    out.newest_s = std::max(out.newest_s, part.newest_s);
    for (const auto& [genre, songs] : part.genres) out.genre = std::max<std::string_view>(out.genre, genre->name);
    latest_year = std::max(latest_year, part.latest_year);
    ratings += part.ratings;
    rated += part.rated;
    if (!part.cover.hash.empty() && (cover == nullptr || part.cover.place < cover->place)) cover = &part.cover;
  }
  if (!album.cover.empty())
    out.cover = album.cover;
  else if (cover != nullptr && album.id.kind == IdKind::kAlbum)
    out.cover = cover->hash;
  out.year = album.year ? album.year : latest_year;
  if (rated > 0) out.rating = ratings / static_cast<double>(rated);
  if (album.artist != nullptr) out.artist = album.artist->name;
  if (const auto heard = own_.heard.find(album.id); heard != own_.heard.end()) {
    out.times_heard = heard->second.times;
    out.last_heard_s = heard->second.last_s;
  }
  out.starred_s = star_of(album.id);
  return out;
}

// Its own, or one of the songs on it that the viewer sees is.
bool PlayerShelf::is_under(const ShelfAlbum& album, const PlayerId& artist) const {
  const int64_t singer = artist.kind == IdKind::kArtist ? artist.id : 0;
  return std::any_of(album.parts.begin(), album.parts.end(), [&](const ShelfPart& part) {
    return part.is_for(own_.viewer) &&
           (album.artist_id == artist || std::binary_search(part.singers.begin(), part.singers.end(), singer));
  });
}

ShelfAlbums PlayerShelf::albums() const {
  ShelfAlbums out;
  ShelfPlace all;
  static_cast<void>(albums_behind(all, SIZE_MAX, out));
  return out;
}

bool PlayerShelf::albums_behind(ShelfPlace& place, size_t most, ShelfAlbums& out) const {
  return walk_on(books_.albums(), place, most, [&](const ShelfAlbum& album) {
    if (sees(album)) out.push_back(&album);
  });
}

ShelfAlbums PlayerShelf::albums_starred() const {
  ShelfAlbums out;
  for (const auto& [id, at_s] : own_.stars) {
    if (const ShelfAlbum* one = album(id)) out.push_back(one);
  }
  std::sort(out.begin(), out.end(), stands_before);
  return out;
}

ShelfAlbums PlayerShelf::own_albums_of(const PlayerId& artist) const {
  ShelfAlbums out;
  const ShelfArtist* known = books_.artist(artist);
  if (known == nullptr) return out;
  std::copy_if(known->albums.begin(), known->albums.end(), std::back_inserter(out),
               [&](const ShelfAlbum* album) { return album->artist == known && sees(*album); });
  return out;
}

ShelfAlbums PlayerShelf::albums_of(const PlayerId& artist) const {
  const ShelfArtist* known = books_.artist(artist);
  if (known == nullptr) return {};
  std::vector<std::pair<int64_t, const ShelfAlbum*>> by_year;
  for (const ShelfAlbum* album : known->albums) {
    if (is_under(*album, artist)) by_year.emplace_back(told(*album).year.value_or(INT64_MAX), album);
  }
  std::stable_sort(by_year.begin(), by_year.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  ShelfAlbums out;
  for (const auto& [year, album] : by_year) out.push_back(album);
  return out;
}

const ShelfAlbum* PlayerShelf::album(const PlayerId& id) const {
  const ShelfAlbum* album = books_.album(id);
  return album != nullptr && sees(*album) ? album : nullptr;
}

std::optional<PlayerArtist> PlayerShelf::seen(const ShelfArtist& artist) const {
  PlayerArtist out{.id = artist.id, .name = artist.name, .fold = artist.fold};
  out.albums = std::count_if(artist.albums.begin(), artist.albums.end(),
                             [&](const ShelfAlbum* album) { return is_under(*album, artist.id); });
  if (out.albums == 0) return std::nullopt;
  out.starred_s = star_of(artist.id);
  return out;
}

std::vector<PlayerArtist> PlayerShelf::artists() const {
  std::vector<PlayerArtist> out;
  ShelfPlace all;
  static_cast<void>(artists_behind(all, SIZE_MAX, out));
  return out;
}

bool PlayerShelf::artists_behind(ShelfPlace& place, size_t most, std::vector<PlayerArtist>& out) const {
  return walk_on(books_.artists(), place, most, [&](const ShelfArtist& one) {
    if (const auto artist = seen(one)) out.push_back(*artist);
  });
}

std::vector<PlayerArtist> PlayerShelf::artists_starred() const {
  std::vector<PlayerArtist> out;
  for (const auto& [id, starred_s] : own_.stars) {
    if (const auto one = artist(id)) out.push_back(*one);
  }
  std::stable_sort(out.begin(), out.end(), [](const PlayerArtist& a, const PlayerArtist& b) { return a.fold < b.fold; });
  return out;
}

std::optional<PlayerArtist> PlayerShelf::artist(const PlayerId& id) const {
  const ShelfArtist* artist = books_.artist(id);
  return artist == nullptr ? std::nullopt : seen(*artist);
}

std::vector<PlayerGenre> PlayerShelf::genres() const {
  std::map<std::string_view, PlayerGenre> by_fold;
  for (const ShelfAlbum* album : books_.albums()) {
    std::set<std::string_view> on_it;
    for (const ShelfPart& part : album->parts) {
      if (!part.is_for(own_.viewer)) continue;
      for (const auto& [genre, songs] : part.genres) {
        if (genre->fold.empty()) continue;
        PlayerGenre& sum = by_fold[genre->fold];
        if (sum.songs == 0 || genre->name < sum.name) sum.name = genre->name;
        sum.songs += songs;
        if (album->id.kind == IdKind::kAlbum && on_it.insert(genre->fold).second) ++sum.albums;
      }
    }
  }
  std::vector<PlayerGenre> out;
  out.reserve(by_fold.size());
  for (const auto& [fold, genre] : by_fold) out.push_back(genre);
  return out;
}

std::vector<int64_t> PlayerShelf::songs() const {
  std::vector<int64_t> out;
  out.reserve(books_.songs().size());
  ShelfPlace all;
  static_cast<void>(songs_behind(all, SIZE_MAX, out));
  return out;
}

bool PlayerShelf::songs_behind(ShelfPlace& place, size_t most, std::vector<int64_t>& out) const {
  auto next = place.begun ? books_.songs().upper_bound(place.id.id) : books_.songs().begin();
  for (; next != books_.songs().end() && most > 0; ++next, --most) {
    if (ShelfPart::is_for(next->second.owner, own_.viewer)) out.push_back(next->first);
    place.begun = true;
    place.id.id = next->first;
  }
  return next == books_.songs().end();
}

std::string PlayerShelf::letter_of(std::string_view fold) {
  if (fold.empty() || fold.front() < 'a' || fold.front() > 'z') return "#";
  return {static_cast<char>(fold.front() - 'a' + 'A')};
}

PlayerShelves::PlayerShelves(size_t rows_at_once) : notes_("touched_shelf", watch_shelf), rows_at_once_(rows_at_once) {}

FromSubsonic<PlayerShelf> PlayerShelves::of(LibraryDatabase& database, const Viewer& viewer) {
  if (reading_ || !look_at_notes(database, INT64_MAX)) return shelf_is_unread();
  const OwnShelf* own = own_of(database, viewer);
  if (own == nullptr) return library_is_away();
  return PlayerShelf(books_, *own);
}

FromSubsonic<bool> PlayerShelves::read_on(LibraryDatabase& database) {
  if (!reading_) {
    if (look_at_notes(database, INT64_MAX)) return true;
    books_.begin(rows_at_once_);
    reading_ = true;
  }
  const auto last = books_.read_on(database);
  reading_ = last && !*last;
  if (!last) return library_is_away();
  if (reading_) return false;
  right_ = true;
  return look_at_notes(database, INT64_MAX);
}

void PlayerShelves::keep_up(LibraryDatabase& database) {
  if (right_) static_cast<void>(look_at_notes(database, kNotesAtOnce));
}

bool PlayerShelves::look_at_notes(LibraryDatabase& database, int64_t most) {
  const auto notes = notes_.take(database, most);
  if (!notes) right_ = false;
  if (right_)
    right_ = std::all_of(notes->begin(), notes->end(), [&](const RowNote& note) { return look_at_note(database, note); });
  if (right_) return true;
  own_.clear();
  return false;
}

bool PlayerShelves::look_at_note(LibraryDatabase& database, const RowNote& note) {
  switch (note.kind) {
    case kArtistNote:
      return books_.read_artist(database, note.id);
    case kAlbumNote:
    case kLooseNote: {
      const PlayerId album{note.kind == kAlbumNote ? IdKind::kAlbum : IdKind::kLooseSongs, note.id};
      mark_stale(album, std::nullopt);
      return books_.read_album(database, album);
    }
    case kHeardNote: {
      std::optional<PlayerId> album;
      const bool read = each_row(database, "SELECT album, coalesce(album, artist, 0) FROM songs WHERE id = ?", {note.id},
                                 [&](const SqlRow& row) {
                                   album = {row.is_null(0) ? IdKind::kLooseSongs : IdKind::kAlbum, row.integer(1)};
                                 });
      if (album) mark_stale(*album, note.account);
      return read;
    }
    default: {  // those of songs too, which are no artists: reading once more does no harm
      const PlayerId id{note.kind == kAlbumStarNote ? IdKind::kAlbum : IdKind::kArtist, note.id};
      return std::all_of(own_.begin(), own_.end(),
                         [&](OwnShelf& own) { return own.viewer.account != note.account || own.read_star(database, id); });
    }
  }
}

// Nothing: of everybody. Who asks next has it read; who does not come back for long is forgotten.
void PlayerShelves::mark_stale(const PlayerId& album, std::optional<int64_t> account) {
  for (OwnShelf& own : own_) {
    if (!account || own.viewer.account == *account) own.stale.insert(album);
  }
  own_.remove_if([](const OwnShelf& own) { return own.stale.size() > kMostStale; });
}

const OwnShelf* PlayerShelves::own_of(LibraryDatabase& database, const Viewer& viewer) {
  const auto found = std::find_if(own_.begin(), own_.end(), [&](const OwnShelf& own) {
    return own.viewer.account == viewer.account && own.viewer.role == viewer.role;
  });
  if (found != own_.end()) {
    own_.splice(own_.begin(), own_, found);
    const std::set<PlayerId> stale = std::exchange(found->stale, {});
    const bool read =
        std::all_of(stale.begin(), stale.end(), [&](const PlayerId& id) { return found->read_heard(database, id); });
    if (!read) own_.pop_front();
    return read ? &own_.front() : nullptr;
  }
  OwnShelf made{.viewer = viewer};
  if (!made.read_all(database)) return nullptr;
  if (own_.size() >= kMostAccounts) own_.pop_back();
  own_.push_front(std::move(made));
  return &own_.front();
}

SubsonicNode to_node(const PlayerAlbum& album) {
  SubsonicNode out;
  out.set("id", album.id.text()).set("name", album.title).set("artist", album.artist).set("artistId", album.artist_id.text());
  out.set("coverArt", cover_art_id(album.id, album.cover))
      .set("songCount", album.songs)
      .set("duration", seconds_of(album.length_ms));
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
  out.set_unless_empty("genre", album.genre)
      .set("coverArt", cover_art_id(album.id, album.cover))
      .set("duration", seconds_of(album.length_ms));
  out.set("playCount", album.times_heard).set("created", player_time(album.newest_s));
  out.set("artistId", album.artist_id.text()).set("isVideo", false).set("mediaType", "album");
  if (album.last_heard_s != 0) out.set("played", player_time(album.last_heard_s));
  if (album.starred_s) out.set("starred", player_time(*album.starred_s));
  return out;
}

SubsonicNode to_node(const PlayerArtist& artist) {
  SubsonicNode out;
  out.set("id", artist.id.text()).set("name", artist.name).set("albumCount", artist.albums);
  out.set("coverArt", artist.id.text());
  if (artist.starred_s) out.set("starred", player_time(*artist.starred_s));
  return out;
}

}  // namespace roundelay
