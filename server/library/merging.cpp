#include "server/library/merging.h"

#include <algorithm>

#include "server/library/removal.h"
#include "server/library/search_index.h"
#include "server/library/songs.h"
#include "server/library/sql.h"

namespace roundelay {

FromCatalogue<void> Merging::may() {
  if (!viewer_.is_curator()) return not_yours(phrase("library_is_the_curators"));
  for (const int64_t id : {into_, from_}) {
    if (auto seen = sees_item(database_, viewer_, {kind_, id}); !seen) return seen;
  }
  if (into_ == from_) return misread("Two different ones can be made one.", "from");
  if (kind_ != CatalogueKind::kSong) return {};
  Songs songs(database_);
  const auto into = songs.find(viewer_, into_), from = songs.find(viewer_, from_);
  if (!into || !from) return unread();
  if (into->is_private != from->is_private) return refused(phrase("library_private_and_public"), "from");
  return {};
}

bool Merging::move_favourites() {
  return run_sql(database_, "UPDATE OR IGNORE favourites SET item = ? WHERE kind = ? AND item = ?", {into_, column(), from_});
}

bool Merging::set_kept(int64_t id, bool kept) {
  return run_sql(database_, "UPDATE " + table() + " SET kept = ?1 WHERE id = ?2 AND kept <> ?1", {kept, id});
}

// Those of the table that are `from`'s, `left` of them at most. `is_last`: there are no more.
bool Merging::move_rows(const std::string& table, bool (*index)(LibraryDatabase& database, int64_t id), int64_t& left,
                        bool& is_last) {
  std::vector<int64_t> ids;
  if (!each_row(database_, "SELECT id FROM " + table + " WHERE " + column() + " = ? LIMIT ?", {from_, left + 1},
                [&](const SqlRow& row) { ids.push_back(row.integer(0)); }))
    return false;
  is_last = static_cast<int64_t>(ids.size()) <= left;
  if (!is_last) ids.pop_back();
  left -= static_cast<int64_t>(ids.size());
  most_ -= static_cast<int64_t>(ids.size());
  const std::string move_one = "UPDATE " + table + " SET " + column() + " = ? WHERE id = ?";
  return std::all_of(ids.begin(), ids.end(), [&](int64_t id) {
    return run_sql(database_, move_one, {into_, id}) && index(database_, id);
  });
}

// `from` is kept meanwhile: the last song that leaves takes along what is not.
bool Merging::move_some(bool& is_last) {
  const auto kept = sql_integer(database_, "SELECT kept FROM " + table() + " WHERE id = ?", {from_});
  int64_t left = kMovedAtOnce;
  if (!kept || !set_kept(from_, true) || !move_rows("songs", index_song, left, is_last)) return false;
  if (is_last && kind_ == CatalogueKind::kArtist && !move_rows("albums", index_album, left, is_last)) return false;
  return is_last ? finish(*kept == 1) : set_kept(from_, *kept == 1);
}

bool Merging::finish(bool kept) {
  if (kept && !set_kept(into_, true)) return false;
  const bool filled = kind_ != CatalogueKind::kAlbum ||
                      run_sql(database_,
                              "UPDATE albums SET cover = coalesce(cover, (SELECT cover FROM albums old WHERE old.id = ?1)), "
                              "year = coalesce(year, (SELECT year FROM albums old WHERE old.id = ?1)) WHERE id = ?2",
                              {from_, into_});
  return filled && move_favourites() && run_sql(database_, "DELETE FROM " + table() + " WHERE id = ?", {from_});
}

bool Merging::merge_songs(int64_t now_s, std::vector<std::string>& files) {
  const bool moved =
      run_sql(database_, "UPDATE OR IGNORE ratings SET song = ? WHERE song = ?", {into_, from_}) &&
      run_sql(database_,
              "UPDATE songs SET rating = (SELECT AVG(value) FROM ratings WHERE song = ?1), rating_count = (SELECT COUNT(*) FROM "
              "ratings WHERE song = ?1), plays = plays + (SELECT plays FROM songs old WHERE old.id = ?2) WHERE id = ?1",
              {into_, from_}) &&
      move_favourites() && run_sql(database_, "UPDATE plays SET song = ? WHERE song = ?", {into_, from_}) &&
      run_sql(database_,
              "INSERT INTO heard (account, song, times, last) SELECT account, ?, times, last FROM heard WHERE song = ? "
              "ON CONFLICT DO UPDATE SET times = times + excluded.times, last = max(last, excluded.last)",
              {into_, from_}) &&
      run_sql(database_, "UPDATE playlist_songs SET song = ? WHERE song = ?", {into_, from_}) &&
      run_sql(database_, "UPDATE OR IGNORE song_words SET song = ? WHERE song = ?", {into_, from_});
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
      {now_s, from_, into_});
  return filled && remove_song(database_, from_, files) && index_song(database_, into_);
}

FromCatalogue<bool> Merging::go_on(int64_t now_s, std::vector<std::string>& files) {
  if (!begun_) {
    if (const auto allowed = may(); !allowed) return tl::unexpected(allowed.error());
    begun_ = true;
    if (kind_ != CatalogueKind::kSong) {
      const auto songs = sql_integer(database_, "SELECT COUNT(*) FROM songs WHERE " + column() + " = ?", {from_});
      const auto albums = sql_integer(database_, "SELECT COUNT(*) FROM albums WHERE artist = ?", {from_});
      if (!songs || !albums) return unread();
      most_ = *songs + *albums + kMoreThanCounted;
    }
  } else if (const auto seen = sees_item(database_, viewer_, {kind_, into_}); !seen) {
    return tl::unexpected(seen.error());
  }
  std::vector<std::string> unneeded;
  bool is_last = true;
  const bool done =
      database_.transaction([&] { return kind_ == CatalogueKind::kSong ? merge_songs(now_s, unneeded) : move_some(is_last); });
  if (!done || (!is_last && most_ < 0)) return unread();
  files.insert(files.end(), unneeded.begin(), unneeded.end());
  return is_last;
}

}  // namespace roundelay
