#include "server/library/subsonic/player_songs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

#include "server/library/song_routes.h"
#include "server/library/subsonic/shelf_books.h"

namespace roundelay {
namespace {

std::string select_player_songs() {
  std::string sql = "SELECT ";
  sql += kSongColumns;
  sql +=
      ", albums.year, files.bytes, files.kind, own.value, heard.times, heard.last, liked.at "
      "FROM songs JOIN files ON files.hash = songs.hash ";
  sql += kSongTables;
  sql +=
      "LEFT JOIN ratings own ON own.account = ? AND own.song = songs.id "
      "LEFT JOIN heard ON heard.account = ? AND heard.song = songs.id "
      "LEFT JOIN favourites liked ON liked.account = ? AND liked.kind = 'song' AND liked.item = songs.id WHERE ";
  return sql;
}
constexpr const char* kByPlace = " ORDER BY songs.disc, songs.track, songs.fold, songs.id";

PlayerSong player_song_of(const SqlRow& row) {
  PlayerSong out{song_of(row)};
  int column = kSongColumnCount;
  if (const auto year = row.integer_or_null(column++); !out.year) out.year = year;
  out.bytes = row.integer(column++);
  out.kind = row.text(column++);
  out.own_rating = row.integer_or_null(column++);
  out.times_heard = row.integer(column++);
  out.last_heard_s = row.integer_or_null(column++);
  out.starred_s = row.integer_or_null(column);
  return out;
}

SubsonicNode name_node(const PlayerId& id, const std::string& name) {
  SubsonicNode out;
  out.set("id", id.text()).set("name", name);
  return out;
}

}  // namespace

SqlCondition is_playable(const Viewer& viewer) {
  SqlCondition out = sees_song(viewer);
  out.sql += " AND songs.hash IS NOT NULL";
  return out;
}

PlayerId PlayerSong::artist_player_id() const {
  if (artist_id) return {PlayerId::Kind::kArtist, *artist_id};
  if (album_artist_id) return {PlayerId::Kind::kArtist, *album_artist_id};
  return {PlayerId::Kind::kUnknownArtist, 0};
}

std::string PlayerSong::artist_name() const {
  return artist_id ? artist : album_artist_id ? album_artist : kUnknownArtistName;
}

PlayerId PlayerSong::album_player_id() const {
  if (album_id) return {PlayerId::Kind::kAlbum, *album_id};
  return {PlayerId::Kind::kLooseSongs, artist_id.value_or(0)};
}

std::string PlayerSong::album_title() const {
  return album_id ? album : kLooseSongsTitle;
}

FromSubsonic<std::vector<PlayerSong>> PlayerSongs::where(const std::string& where, const SqlValues& values) {
  const SqlCondition seen = is_playable(viewer_);
  SqlValues bound{viewer_.account, viewer_.account, viewer_.account};
  append(bound, seen.values);
  append(bound, values);
  static const std::string kSelect = select_player_songs();
  std::vector<PlayerSong> out;
  if (!each_row(database_, kSelect + seen.sql + " AND " + where, bound,
                [&](const SqlRow& row) { out.push_back(player_song_of(row)); }))
    return library_is_away();
  return out;
}

FromSubsonic<std::vector<int64_t>> PlayerSongs::ids_where(const std::string& where, const SqlValues& values) {
  const SqlCondition seen = is_playable(viewer_);
  SqlValues bound = seen.values;
  append(bound, values);
  std::vector<int64_t> out;
  if (!each_row(database_, "SELECT songs.id FROM songs WHERE " + seen.sql + " AND " + where, bound,
                [&](const SqlRow& row) { out.push_back(row.integer(0)); }))
    return library_is_away();
  return out;
}

FromSubsonic<PlayerSong> PlayerSongs::find(int64_t id) {
  auto found = where("songs.id = ?", {id});
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return nothing_there();
  return std::move(found->front());
}

FromSubsonic<std::vector<PlayerSong>> PlayerSongs::of_ids(std::span<const int64_t> ids) {
  std::vector<PlayerSong> out;
  out.reserve(ids.size());
  for (const int64_t id : ids) {
    auto found = where("songs.id = ?", {id});
    if (!found) return tl::unexpected(found.error());
    if (!found->empty()) out.push_back(std::move(found->front()));
  }
  return out;
}

FromSubsonic<std::vector<int64_t>> PlayerSongs::ids_of_album(const PlayerId& album, int64_t songs) {
  SqlCondition on_it = is_on_album(album);
  on_it.sql += songs > kMostInOrder ? " ORDER BY songs.id" : kByPlace;
  return ids_where(on_it.sql, on_it.values);
}

std::string PlayerSong::cover_art() const {
  const bool shows_album = album_id && !own_cover;
  return cover_art_id(shows_album ? album_player_id() : PlayerId{PlayerId::Kind::kSong, id}, cover);
}

SubsonicNode to_node(const PlayerSong& song) {
  const std::string artist = song.artist_player_id().text(), album = song.album_player_id().text();
  std::string path = song.artist_name();
  path.append("/").append(song.album_title()).append("/").append(song.title).append(".").append(song.kind);
  const std::optional<int64_t> seconds = song.length_ms ? std::optional((*song.length_ms + 500) / 1'000) : std::nullopt;
  SubsonicNode out;
  out.set("id", PlayerId{PlayerId::Kind::kSong, song.id}.text()).set("parent", album).set("isDir", false);
  out.set("title", song.title).set("album", song.album_title()).set("artist", song.artist_name());
  out.set("track", song.track).set("discNumber", song.disc).set("year", song.year).set_unless_empty("genre", song.genre);
  out.set("coverArt", song.cover_art());
  out.set("size", song.bytes).set("contentType", song_content_type(song.kind)).set("suffix", song.kind);
  out.set("duration", seconds);
  if (song.length_ms && *song.length_ms > 0) out.set("bitRate", std::max<int64_t>(1, song.bytes * 8 / *song.length_ms));
  out.set("path", path).set("isVideo", false).set("playCount", song.times_heard);
  if (song.last_heard_s) out.set("played", player_time(*song.last_heard_s));
  out.set("created", player_time(song.created));
  if (song.starred_s) out.set("starred", player_time(*song.starred_s));
  if (song.own_rating) out.set("userRating", stars_of(*song.own_rating));
  if (song.rating) out.set("averageRating", std::clamp(*song.rating / 2, 1.0, 5.0));
  out.set("albumId", album).set("artistId", artist).set("type", "music").set("mediaType", "song");
  if (song.tempo_bpm) out.set("bpm", std::llround(*song.tempo_bpm));
  out.set_unless_empty("comment", song.attribution).set("displayArtist", song.artist_name());
  out.set("displayAlbumArtist", song.album_artist_id ? song.album_artist : song.artist_name());
  out.add("artists", name_node(song.artist_player_id(), song.artist_name()));
  if (song.album_artist_id)
    out.add("albumArtists", name_node({PlayerId::Kind::kArtist, *song.album_artist_id}, song.album_artist));
  out.list("genres");
  if (!song.genre.empty()) out.add("genres", SubsonicNode().set("name", song.genre));
  return out;
}

void add_songs(SubsonicNode& parent, const char* name, const std::vector<PlayerSong>& songs) {
  parent.list(name);
  for (const PlayerSong& song : songs) parent.add(name, to_node(song));
}

std::string player_time(int64_t unix_s) {
  const std::time_t time = unix_s;
  std::tm parts{};
  std::array<char, 40> text{};
  if (gmtime_r(&time, &parts) == nullptr) return "1970-01-01T00:00:00.000Z";
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.000Z", &parts)};
}

}  // namespace roundelay
