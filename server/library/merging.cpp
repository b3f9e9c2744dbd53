#include "server/library/merging.h"

#include <charconv>

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/search_index.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

std::vector<int64_t> numbers_of(std::string_view list) {
  std::vector<int64_t> out;
  for (size_t begin = 0; begin < list.size();) {
    const size_t end = std::min(list.find(',', begin), list.size());
    int64_t number = 0;
    std::from_chars(list.data() + begin, list.data() + end, number);
    out.push_back(number);
    begin = end + 1;
  }
  return out;
}

}  // namespace

FromCatalogue<void> Merging::may(const Viewer& viewer, CatalogueKind kind, int64_t id) {
  CatalogueFault fault;
  bool found = false;
  const auto look = [&](const auto& row) {
    found = row.has_value();
    if (!found) fault = row.error();
  };
  if (kind == CatalogueKind::kArtist)
    look(Artists(database_).find(viewer, id));
  else if (kind == CatalogueKind::kAlbum)
    look(Albums(database_).find(viewer, id));
  else
    look(Songs(database_).find(viewer, id));
  if (!found) return tl::unexpected(std::move(fault));
  return {};
}

bool Merging::move_favourites(const char* kind, int64_t into, int64_t from) {
  return run_sql(database_, "UPDATE OR IGNORE favourites SET item = ? WHERE kind = ? AND item = ?", {into, kind, from});
}

// Kept until all has moved: the last song that leaves takes along what is not.
bool Merging::keep_longer(const std::string& table, int64_t into, int64_t from) {
  return run_sql(database_,
                 "UPDATE " + table + " SET kept = 1 WHERE id = ? AND (SELECT kept FROM " + table + " WHERE id = ?) = 1",
                 {into, from}) &&
         run_sql(database_, "UPDATE " + table + " SET kept = 1 WHERE id = ?", {from});
}

bool Merging::merge_artists(int64_t into, int64_t from) {
  return keep_longer("artists", into, from) && run_sql(database_, "UPDATE songs SET artist = ? WHERE artist = ?", {into, from}) &&
         run_sql(database_, "UPDATE albums SET artist = ? WHERE artist = ?", {into, from}) &&
         move_favourites("artist", into, from) && run_sql(database_, "DELETE FROM artists WHERE id = ?", {from}) &&
         index_artist(database_, into, true);
}

bool Merging::merge_albums(int64_t into, int64_t from) {
  return keep_longer("albums", into, from) && run_sql(database_, "UPDATE songs SET album = ? WHERE album = ?", {into, from}) &&
         move_favourites("album", into, from) &&
         run_sql(database_,
                 "UPDATE albums SET cover = coalesce(cover, (SELECT cover FROM albums old WHERE old.id = ?1)), "
                 "year = coalesce(year, (SELECT year FROM albums old WHERE old.id = ?1)) WHERE id = ?2",
                 {from, into}) &&
         run_sql(database_, "DELETE FROM albums WHERE id = ?", {from}) && index_album(database_, into, true);
}

bool Merging::merge_songs(int64_t into, int64_t from, int64_t now_s, std::vector<std::string>& files) {
  const bool moved =
      run_sql(database_, "UPDATE OR IGNORE ratings SET song = ? WHERE song = ?", {into, from}) &&
      run_sql(database_,
              "UPDATE songs SET rating = (SELECT AVG(value) FROM ratings WHERE song = ?1), rating_count = (SELECT COUNT(*) FROM "
              "ratings WHERE song = ?1), plays = plays + (SELECT plays FROM songs old WHERE old.id = ?2) WHERE id = ?1",
              {into, from}) &&
      move_favourites("song", into, from) && run_sql(database_, "UPDATE plays SET song = ? WHERE song = ?", {into, from}) &&
      run_sql(database_,
              "INSERT INTO heard (account, song, times, last) SELECT account, ?, times, last FROM heard WHERE song = ? "
              "ON CONFLICT DO UPDATE SET times = times + excluded.times, last = max(last, excluded.last)",
              {into, from}) &&
      run_sql(database_, "UPDATE playlist_songs SET song = ? WHERE song = ?", {into, from}) &&
      run_sql(database_, "UPDATE OR IGNORE song_words SET song = ? WHERE song = ?", {into, from});
  if (!moved) return false;
  // What one does not know the other may.
  const bool filled = run_sql(
      database_,
      "UPDATE songs SET status = CASE WHEN songs.hash IS NULL THEN old.status ELSE songs.status END, "
      "hash = coalesce(songs.hash, old.hash), artist = coalesce(songs.artist, old.artist), album = coalesce(songs.album, "
      "old.album), "
      "disc = coalesce(songs.disc, old.disc), track = coalesce(songs.track, old.track), "
      "genre = CASE songs.genre WHEN '' THEN old.genre ELSE songs.genre END, "
      "length_ms = coalesce(songs.length_ms, old.length_ms), key = CASE songs.key WHEN '' THEN old.key ELSE songs.key END, "
      "tempo_bpm = coalesce(songs.tempo_bpm, old.tempo_bpm), "
      "language = CASE songs.language WHEN '' THEN old.language ELSE songs.language END, "
      "year = coalesce(songs.year, old.year), licence = CASE songs.licence WHEN '' THEN old.licence ELSE songs.licence END, "
      "link = CASE songs.link WHEN '' THEN old.link ELSE songs.link END, "
      "attribution = CASE songs.attribution WHEN '' THEN old.attribution ELSE songs.attribution END, "
      "cover = coalesce(songs.cover, old.cover), changed = ? FROM songs old WHERE old.id = ? AND songs.id = ?",
      {now_s, from, into});
  return filled && remove_song(database_, from, files) && index_song(database_, into);
}

FromCatalogue<std::vector<std::string>> Merging::merge(const Viewer& viewer, CatalogueKind kind, int64_t into, int64_t from,
                                                       int64_t now_s) {
  if (!viewer.is_curator()) return not_yours(phrase("library_is_the_curators"));
  for (const int64_t id : {into, from}) {
    if (const auto allowed = may(viewer, kind, id); !allowed) return tl::unexpected(allowed.error());
  }
  if (into == from) return misread("Two different ones can be made one.", "from");
  if (kind == CatalogueKind::kSong &&
      Songs(database_).find(viewer, into)->is_private != Songs(database_).find(viewer, from)->is_private)
    return refused(phrase("library_private_and_public"), "from");
  std::vector<std::string> files;
  const bool done = database_.transaction([&] {
    if (kind == CatalogueKind::kArtist) return merge_artists(into, from);
    if (kind == CatalogueKind::kAlbum) return merge_albums(into, from);
    return merge_songs(into, from, now_s, files);
  });
  if (!done) return unread();
  return files;
}

FromCatalogue<std::vector<Duplicates>> Merging::duplicates(const Viewer& viewer, CatalogueKind kind, const Page& page) {
  SqlCondition where;
  std::string sql;
  if (kind == CatalogueKind::kArtist) {
    where = sees_artist(viewer);
    sql = "SELECT min(name), group_concat(id) FROM artists WHERE " + where.sql + " GROUP BY fold";
  } else if (kind == CatalogueKind::kAlbum) {
    where = sees_album(viewer);
    sql = "SELECT min(title), group_concat(id) FROM albums WHERE " + where.sql + " GROUP BY fold, artist";
  } else {
    where = sees_song(viewer);
    // Within three seconds, or where one's length is not known.
    sql = "SELECT min(title), group_concat(id) FROM songs WHERE " + where.sql + " GROUP BY fold, artist";
  }
  sql += " HAVING COUNT(*) > 1";
  if (kind == CatalogueKind::kSong) sql += " AND (COUNT(length_ms) < 2 OR max(length_ms) - min(length_ms) < 3000)";
  sql += " ORDER BY 1 LIMIT ? OFFSET ?";
  append(where.values, {page.limit, page.offset});
  std::vector<Duplicates> out;
  if (!each_row_once(database_, sql, where.values, [&](const SqlRow& row) {
        out.push_back({row.text(0), numbers_of(row.text(1))});
      }))
    return unread();
  return out;
}

}  // namespace roundelay
