#include "server/library/removal.h"

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

// The songs that go along, as far as this viewer sees them.
SqlCondition songs_of(CatalogueKind kind, int64_t id, const Viewer& viewer) {
  SqlCondition out;
  if (kind == CatalogueKind::kArtist) {
    out = {"(songs.artist = ? OR songs.album IN (SELECT id FROM albums WHERE artist = ?)) AND ", {id, id}};
  } else {
    out = {kind == CatalogueKind::kAlbum ? "songs.album = ? AND " : "songs.id = ? AND ", {id}};
  }
  const SqlCondition sees = sees_song(viewer);
  out.sql += sees.sql;
  out.values.insert(out.values.end(), sees.values.begin(), sees.values.end());
  return out;
}

std::string ids_of(const SqlCondition& songs) {
  return "(SELECT songs.id FROM songs WHERE " + songs.sql + ")";
}

}  // namespace

nlohmann::json to_json(const TakenAlong& taken) {
  return {{"albums", taken.albums},         {"songs", taken.songs},
          {"words", taken.words},           {"ratings", taken.ratings},
          {"favourites", taken.favourites}, {"plays", taken.plays},
          {"files", taken.files.size()},    {"playlist_entries", taken.playlist_entries}};
}

FromCatalogue<void> Removal::may(const Viewer& viewer, CatalogueKind kind, int64_t id, bool change) {
  if (kind == CatalogueKind::kSong) {
    const auto song = Songs(database_).find(viewer, id);
    if (!song) return tl::unexpected(song.error());
    if (change && !viewer.may_change(song->uploader_id.value_or(0))) return not_yours(phrase("library_song_is_not_yours"));
    return {};
  }
  if (kind == CatalogueKind::kAlbum) {
    if (const auto album = Albums(database_).find(viewer, id); !album) return tl::unexpected(album.error());
  } else {
    if (const auto artist = Artists(database_).find(viewer, id); !artist) return tl::unexpected(artist.error());
  }
  if (change && !viewer.is_curator()) return not_yours(phrase("library_is_the_curators"));
  return {};
}

std::optional<std::vector<std::string>> Removal::last_files(const SqlCondition& songs) {
  SqlValues twice = songs.values;
  twice.insert(twice.end(), songs.values.begin(), songs.values.end());
  std::vector<std::string> out;
  const bool read = each_row_once(
      database_,
      "SELECT DISTINCT songs.hash FROM songs WHERE songs.hash IS NOT NULL AND " + songs.sql +
          " AND NOT EXISTS (SELECT 1 FROM songs other WHERE other.hash = songs.hash AND other.id NOT IN " + ids_of(songs) + ")",
      twice, [&](const SqlRow& row) { out.push_back(row.text(0)); });
  return read ? std::optional(std::move(out)) : std::nullopt;
}

bool Removal::forget_files(const std::vector<std::string>& hashes) {
  for (const std::string& hash : hashes) {
    if (!run_sql(database_, "DELETE FROM files WHERE hash = ?", {hash})) return false;
  }
  return true;
}

std::optional<TakenAlong> Removal::count(CatalogueKind kind, int64_t id, const SqlCondition& songs) {
  TakenAlong out;
  bool read = true;
  const auto add = [&](int64_t& into, const std::string& sql, const SqlValues& values) {
    read = read && each_row_once(database_, sql, values, [&](const SqlRow& row) { into += row.integer(0); });
  };
  const std::string ids = ids_of(songs);
  if (kind != CatalogueKind::kSong) add(out.songs, "SELECT COUNT(*) FROM songs WHERE " + songs.sql, songs.values);
  if (kind == CatalogueKind::kArtist) {
    // Those that stay for somebody else are not told of.
    SqlValues values{id};
    values.insert(values.end(), songs.values.begin(), songs.values.end());
    add(out.albums,
        "SELECT COUNT(*) FROM albums WHERE artist = ? AND (kept = 1 OR EXISTS (SELECT 1 FROM songs WHERE songs.album = albums.id "
        "AND songs.id IN " +
            ids + "))",
        values);
  }
  add(out.words, "SELECT COUNT(*) FROM song_words WHERE song IN " + ids, songs.values);
  add(out.ratings, "SELECT COUNT(*) FROM ratings WHERE song IN " + ids, songs.values);
  add(out.plays, "SELECT COUNT(*) FROM plays WHERE song IN " + ids, songs.values);
  add(out.playlist_entries, "SELECT COUNT(*) FROM playlist_songs WHERE song IN " + ids, songs.values);
  add(out.favourites, "SELECT COUNT(*) FROM favourites WHERE kind = 'song' AND item IN " + ids, songs.values);
  if (kind == CatalogueKind::kAlbum)
    add(out.favourites, "SELECT COUNT(*) FROM favourites WHERE kind = 'album' AND item = ?", {id});
  if (kind == CatalogueKind::kArtist) {
    add(out.favourites,
        "SELECT COUNT(*) FROM favourites WHERE (kind = 'artist' AND item = ?) OR (kind = 'album' AND item IN (SELECT id FROM "
        "albums "
        "WHERE artist = ?))",
        {id, id});
  }
  auto files = last_files(songs);
  if (!read || !files) return std::nullopt;
  out.files = std::move(*files);
  return out;
}

FromCatalogue<TakenAlong> Removal::would_take(const Viewer& viewer, CatalogueKind kind, int64_t id) {
  if (const auto allowed = may(viewer, kind, id, false); !allowed) return tl::unexpected(allowed.error());
  auto out = count(kind, id, songs_of(kind, id, viewer));
  if (!out) return unread();
  return std::move(*out);
}

FromCatalogue<TakenAlong> Removal::remove(const Viewer& viewer, CatalogueKind kind, int64_t id) {
  if (const auto allowed = may(viewer, kind, id, true); !allowed) return tl::unexpected(allowed.error());
  const SqlCondition songs = songs_of(kind, id, viewer);
  std::optional<TakenAlong> taken;
  const auto without_songs = [](const std::string& column) {
    return " AND NOT EXISTS (SELECT 1 FROM songs WHERE songs." + column + ")";
  };
  const bool done = database_.transaction([&] {
    taken = count(kind, id, songs);
    if (!taken || !each_row_once(database_, "DELETE FROM songs WHERE " + songs.sql, songs.values, [](const SqlRow&) {}) ||
        !forget_files(taken->files))
      return false;
    if (kind == CatalogueKind::kSong) return true;
    const std::string which = kind == CatalogueKind::kAlbum ? "id = ?" : "artist = ?";
    if (!run_sql(database_, "UPDATE albums SET kept = 0 WHERE " + which, {id}) ||
        !run_sql(database_, "DELETE FROM albums WHERE " + which + without_songs("album = albums.id"), {id}))
      return false;
    if (kind == CatalogueKind::kAlbum) return true;
    return run_sql(database_, "UPDATE artists SET kept = 0 WHERE id = ?", {id}) &&
           run_sql(database_,
                   std::string("DELETE FROM artists WHERE id = ?") + without_songs("artist = artists.id") +
                       " AND NOT EXISTS (SELECT 1 FROM albums WHERE albums.artist = artists.id)",
                   {id});
  });
  if (!done) return unread();
  return std::move(*taken);
}

}  // namespace roundelay
