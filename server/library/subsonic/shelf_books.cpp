#include "server/library/subsonic/shelf_books.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "server/library/folding.h"

namespace roundelay {
namespace {

using IdKind = PlayerId::Kind;

PlayerId album_of_row(const std::optional<int64_t>& album, const std::optional<int64_t>& artist) {
  return album ? PlayerId{IdKind::kAlbum, *album} : PlayerId{IdKind::kLooseSongs, artist.value_or(0)};
}

ShelfPart& part_of(ShelfAlbum& album, int64_t owner) {
  const auto place = std::lower_bound(album.parts.begin(), album.parts.end(), owner,
                                      [](const ShelfPart& part, int64_t wanted) { return part.owner < wanted; });
  if (place != album.parts.end() && place->owner == owner) return *place;
  return *album.parts.insert(place, ShelfPart{.owner = owner});
}

// As the catalogue orders an album's songs: what is not known comes first.
void note_cover(ShelfCover& cover, const SqlRow& row) {
  const std::tuple place{row.integer_or_null(11).value_or(INT64_MIN), row.integer_or_null(12).value_or(INT64_MIN),
                         row.integer(9)};
  if (place < cover.place) cover = {place, row.text(10).substr(0, kCoverArtDigits)};
}

// Under whom an album stands.
std::set<PlayerId> artists_of(const ShelfAlbum& album) {
  std::set<PlayerId> out{album.artist_id};
  if (album.id.kind != IdKind::kAlbum) return out;
  for (const ShelfPart& part : album.parts) {
    for (const int64_t singer : part.singers) {
      if (singer != 0)
        out.insert({IdKind::kArtist, singer});
      else if (album.artist_id.kind == IdKind::kVariousArtists)
        out.insert({IdKind::kUnknownArtist, 0});
    }
  }
  return out;
}

template <typename Thing, typename Before>
void insert_in_order(std::vector<Thing>& list, Thing thing, Before&& before) {
  list.insert(std::lower_bound(list.begin(), list.end(), thing, before), thing);
}
template <typename Thing, typename Before>
void erase_in_order(std::vector<Thing>& list, Thing thing, Before&& before) {
  const auto found = std::lower_bound(list.begin(), list.end(), thing, before);
  if (found != list.end() && *found == thing) list.erase(found);
}

}  // namespace

bool ShelfAlbum::has_genre(std::string_view folded_name, const Viewer& viewer) const {
  return std::any_of(parts.begin(), parts.end(), [&](const ShelfPart& part) {
    return part.is_for(viewer) &&
           std::any_of(part.genres.begin(), part.genres.end(), [&](const auto& each) { return each.first->fold == folded_name; });
  });
}

bool stands_before(const ShelfAlbum* a, const ShelfAlbum* b) {
  return std::tie(a->fold, a->id) < std::tie(b->fold, b->id);
}
bool artist_stands_before(const ShelfArtist* a, const ShelfArtist* b) {
  return std::tie(a->fold, a->id) < std::tie(b->fold, b->id);
}

SqlCondition is_on_album(const PlayerId& album) {
  if (album.kind == IdKind::kAlbum) return {"songs.album = ?", {album.id}};
  // The plus: found by artist, for most songs may be without an album.
  if (album.id == 0) return {"+songs.album IS NULL AND songs.artist IS NULL"};
  return {"+songs.album IS NULL AND songs.artist = ?", {album.id}};
}

const ShelfGenre* ShelfBooks::genre(const std::string& name) {
  const auto found = genres_.find(name);
  return &(found != genres_.end() ? found : genres_.emplace(name, ShelfGenre{name, folded(name)}).first)->second;
}

bool ShelfBooks::read_songs(LibraryDatabase& database, const std::string& where, const SqlValues& values) {
  ShelfAlbum* album = nullptr;
  return each_row(
      database,
      "SELECT album, artist, private, uploader, length_ms, created, rating, year, genre, id, coalesce(tag_cover, cover), "
      "disc, track FROM songs WHERE hash IS NOT NULL AND " +
          where + " ORDER BY id",
      values, [&](const SqlRow& row) {
        const auto artist = row.integer_or_null(1);
        const PlayerId id = album_of_row(row.integer_or_null(0), artist);
        if (album == nullptr || album->id != id) album = &albums_[id];
        album->id = id;
        ShelfPart& part =
            part_of(*album, row.flag(2) ? row.integer_or_null(3).value_or(ShelfPart::kAdmins) : ShelfPart::kEverybody);
        part.songs.push_back(row.integer(9));
        songs_.insert_or_assign(songs_.end(), row.integer(9), ShelfSong{id, part.owner});
        const auto singer = std::lower_bound(part.singers.begin(), part.singers.end(), artist.value_or(0));
        if (singer == part.singers.end() || *singer != artist.value_or(0)) part.singers.insert(singer, artist.value_or(0));
        if (const std::string name = row.text(8); !name.empty()) {
          const ShelfGenre* known = genre(name);
          const auto counted =
              std::find_if(part.genres.begin(), part.genres.end(), [&](const auto& each) { return each.first == known; });
          if (counted == part.genres.end())
            part.genres.emplace_back(known, 1);
          else
            ++counted->second;
        }
        if (!row.is_null(10)) note_cover(part.cover, row);
        part.length_ms += row.integer(4);
        part.newest_s = std::max(part.newest_s, row.integer(5));
        part.latest_year = std::max(part.latest_year, row.integer_or_null(7));
        if (row.is_null(6)) return;
        part.ratings += row.real(6);
        ++part.rated;
      });
}

bool ShelfBooks::read_rows_of_albums(LibraryDatabase& database, const std::string& where, const SqlValues& values) {
  return each_row(database, "SELECT id, title, fold, artist, year, cover FROM albums WHERE " + where, values,
                  [&](const SqlRow& row) {
                    const auto found = albums_.find({IdKind::kAlbum, row.integer(0)});
                    if (found == albums_.end()) return;
                    ShelfAlbum& album = found->second;
                    album.title = row.text(1);
                    album.fold = row.text(2);
                    const auto artist = row.integer_or_null(3);
                    album.artist_id = artist ? PlayerId{IdKind::kArtist, *artist} : PlayerId{IdKind::kVariousArtists, 0};
                    album.year = row.integer_or_null(4);
                    album.cover = row.text(5).substr(0, kCoverArtDigits);
                  });
}

void ShelfBooks::begin(size_t rows_at_once) {
  *this = {};
  step_ = Step::kArtists;
  at_once_ = rows_at_once;
  for (const auto& [kind, name] :
       {std::pair(IdKind::kUnknownArtist, kUnknownArtistName), std::pair(IdKind::kVariousArtists, kVariousArtistsName)})
    add_artist({kind, 0}, name, folded(name));
}

bool ShelfBooks::read_artists(LibraryDatabase& database, int64_t last) {
  return each_row(database, "SELECT id, name, fold FROM artists WHERE id > ? AND id <= ?", {behind_, last},
                  [&](const SqlRow& row) {
                    add_artist({IdKind::kArtist, row.integer(0)}, row.text(1), row.text(2));
                  });
}

// A part of the step's table.
bool ShelfBooks::read_rows(LibraryDatabase& database) {
  const char* const table = step_ == Step::kArtists ? "artists" : step_ == Step::kSongs ? "songs" : "albums";
  std::string part = "SELECT MAX(id) FROM (SELECT id FROM ";
  part.append(table).append(" WHERE id > ? ORDER BY id LIMIT ?)");
  const auto last = sql_integer(database, part, {behind_, at_once_});
  if (!last) return false;
  if (*last == 0) {
    next_step();
    return true;
  }
  constexpr const char* kPart = "id > ? AND id <= ?";
  const bool read = step_ == Step::kArtists ? read_artists(database, *last)
                    : step_ == Step::kSongs ? read_songs(database, kPart, {behind_, *last})
                                            : read_rows_of_albums(database, kPart, {behind_, *last});
  behind_ = *last;
  return read;
}

template <typename Things, typename Sorted, typename Look>
void ShelfBooks::walk_on(Things& things, Sorted& sorted, Look&& look) {
  auto next = walks_ ? things.upper_bound(behind_thing_) : things.begin();
  walks_ = true;
  std::vector<const typename Things::mapped_type*> part;
  for (; next != things.end() && part.size() < at_once_; ++next) {
    look(next->second);
    part.push_back(&next->second);
    behind_thing_ = next->first;
  }
  sorted.add(std::move(part));
  if (next == things.end()) next_step();
}

void ShelfBooks::next_step() {
  step_ = static_cast<Step>(static_cast<int>(step_) + 1);
  behind_ = 0;
  walks_ = false;
}

void ShelfBooks::put_up(const ShelfAlbum& album) {
  for (const PlayerId& id : artists_of(album)) {
    ShelfArtist& artist = artists_[id];  // one who came meanwhile is read when that is noted
    artist.id = id;
    artist.albums.push_back(&album);
  }
}

std::optional<bool> ShelfBooks::read_on(LibraryDatabase& database) {
  switch (step_) {
    case Step::kArtists:
    case Step::kSongs:
    case Step::kAlbums:
      if (!read_rows(database)) return std::nullopt;
      break;
    case Step::kName:
      walk_on(albums_, titles_, [this](ShelfAlbum& album) { name_album(album); });
      break;
    case Step::kSort:
      if (titles_.merge_on(by_title_, at_once_)) next_step();
      break;
    case Step::kPutUp:
      for (size_t left = at_once_; left > 0 && put_up_ < by_title_.size(); --left) put_up(*by_title_[put_up_++]);
      if (put_up_ == by_title_.size()) next_step();
      break;
    case Step::kListArtists:
      walk_on(artists_, names_, [](const ShelfArtist&) {});
      break;
    case Step::kSortArtists:
      if (names_.merge_on(by_name_, at_once_)) next_step();
      break;
    case Step::kDone:
      break;
  }
  return step_ == Step::kDone;
}

bool ShelfBooks::read_album(LibraryDatabase& database, const PlayerId& id) {
  take_down(id);
  const SqlCondition on_it = is_on_album(id);
  if (!read_songs(database, on_it.sql, on_it.values)) return false;
  if (id.kind == IdKind::kAlbum && !read_rows_of_albums(database, "id = ?", {id.id})) return false;
  const auto found = albums_.find(id);
  if (found == albums_.end()) return true;
  ShelfAlbum& album = found->second;
  if (id.kind == IdKind::kLooseSongs) name_album(album);
  for (const PlayerId& artist : artists_of(album)) {
    if (!artists_.contains(artist) && !read_artist(database, artist.id)) return false;
    insert_in_order<const ShelfAlbum*>(artists_[artist].albums, &album, stands_before);
  }
  name_album(album);
  insert_in_order<const ShelfAlbum*>(by_title_, &album, stands_before);
  return true;
}

bool ShelfBooks::read_artist(LibraryDatabase& database, int64_t id) {
  const PlayerId key{IdKind::kArtist, id};
  const auto known = artists_.find(key);
  if (known != artists_.end()) erase_in_order<const ShelfArtist*>(by_name_, &known->second, artist_stands_before);
  bool there = false;
  const bool read = each_row(database, "SELECT name, fold FROM artists WHERE id = ?", {id}, [&](const SqlRow& row) {
    there = true;
    add_artist(key, row.text(0), row.text(1));
    insert_in_order<const ShelfArtist*>(by_name_, &artists_[key], artist_stands_before);
  });
  if (read && !there && known != artists_.end() && known->second.albums.empty()) artists_.erase(known);
  return read;
}

void ShelfBooks::add_artist(const PlayerId& id, std::string name, std::string fold) {
  ShelfArtist& artist = artists_[id];
  artist.id = id;
  artist.name = std::move(name);
  artist.fold = std::move(fold);
}

// Where its row does not say it; and its artist is found.
void ShelfBooks::name_album(ShelfAlbum& album) {
  if (album.id.kind == IdKind::kLooseSongs) {
    album.title = kLooseSongsTitle;
    album.fold = folded(album.title);
    album.artist_id = album.id.id == 0 ? PlayerId{IdKind::kUnknownArtist, 0} : PlayerId{IdKind::kArtist, album.id.id};
  }
  album.artist = artist(album.artist_id);
}

void ShelfBooks::take_down(const PlayerId& id) {
  const auto found = albums_.find(id);
  if (found == albums_.end()) return;
  const ShelfAlbum* album = &found->second;
  erase_in_order(by_title_, album, stands_before);
  for (const PlayerId& artist : artists_of(*album)) {
    if (const auto known = artists_.find(artist); known != artists_.end())
      erase_in_order(known->second.albums, album, stands_before);
  }
  for (const ShelfPart& part : album->parts) {
    for (const int64_t song : part.songs) {
      if (const auto known = songs_.find(song); known != songs_.end() && known->second.album == id) songs_.erase(known);
    }
  }
  albums_.erase(found);
}

const ShelfAlbum* ShelfBooks::album(const PlayerId& id) const {
  const auto found = albums_.find(id);
  return found == albums_.end() ? nullptr : &found->second;
}

const ShelfArtist* ShelfBooks::artist(const PlayerId& id) const {
  const auto found = artists_.find(id);
  return found == artists_.end() ? nullptr : &found->second;
}

}  // namespace roundelay
