#include "server/library/removal.h"

#include "server/library/sql.h"

namespace roundelay {

nlohmann::json to_json(const TakenAlong& taken) {
  return {{"albums", taken.albums},         {"songs", taken.songs},
          {"words", taken.words},           {"ratings", taken.ratings},
          {"favourites", taken.favourites}, {"plays", taken.plays},
          {"files", taken.files.size()},    {"playlist_entries", taken.playlist_entries}};
}

FromCatalogue<void> Removal::may(bool change) {
  if (auto seen = sees_item(database_, viewer_, {kind_, id_}); !seen || !change) return seen;
  if (kind_ != CatalogueKind::kSong)
    return viewer_.is_curator() ? FromCatalogue<void>() : not_yours(phrase("library_is_the_curators"));
  const auto uploader = sql_integer(database_, "SELECT uploader FROM songs WHERE id = ?", {id_});
  if (!uploader) return unread();
  if (!viewer_.may_change(*uploader)) return not_yours(phrase("library_song_is_not_yours"));
  return {};
}

bool Removal::read_integers(std::vector<int64_t>& into, std::string_view sql, const SqlValues& values) {
  return each_row(database_, sql, values, [&](const SqlRow& row) { into.push_back(row.integer(0)); });
}

// The songs of an artist are her own, and those of her albums that are others'.
bool Removal::find_more() {
  constexpr int64_t kSongsAtOnce = 5'000, kAlbumsAtOnce = 50;
  const auto last_of = [](const std::vector<int64_t>& ids) { return ids.empty() ? 0 : ids.back(); };
  if (kind_ == CatalogueKind::kSong) {
    songs_ = {id_};
    songs_found_ = albums_found_ = true;
    return true;
  }
  if (kind_ == CatalogueKind::kAlbum) {
    albums_ = {id_};
    songs_found_ = albums_found_ = true;
    return read_integers(songs_, "SELECT id FROM songs WHERE album = ?", {id_});
  }
  if (!songs_found_) {
    const size_t before = songs_.size();
    const bool read = read_integers(songs_, "SELECT id FROM songs WHERE artist = ? AND id > ? ORDER BY id LIMIT ?",
                                    {id_, last_of(songs_), kSongsAtOnce});
    songs_found_ = static_cast<int64_t>(songs_.size() - before) < kSongsAtOnce;
    return read;
  }
  const size_t before = albums_.size();
  if (!read_integers(albums_, "SELECT id FROM albums WHERE artist = ? AND id > ? ORDER BY id LIMIT ?",
                     {id_, last_of(albums_), kAlbumsAtOnce}))
    return false;
  for (size_t i = before; i < albums_.size(); ++i) {
    if (!read_integers(songs_, "SELECT id FROM songs WHERE album = ? AND artist IS NOT ?", {albums_[i], id_})) return false;
  }
  albums_found_ = static_cast<int64_t>(albums_.size() - before) < kAlbumsAtOnce;
  return true;
}

bool Removal::count_song(int64_t song) {
  const SqlCondition sees = sees_song(viewer_);
  SqlValues values{song};
  append(values, sees.values);
  return each_row(
      database_,
      "SELECT songs.hash, (SELECT COUNT(*) FROM song_words WHERE song = songs.id), (SELECT COUNT(*) FROM ratings WHERE song = "
      "songs.id), (SELECT COUNT(*) FROM plays WHERE song = songs.id), (SELECT COUNT(*) FROM playlist_songs WHERE song = "
      "songs.id), (SELECT COUNT(*) FROM favourites WHERE kind = 'song' AND item = songs.id), (SELECT COUNT(*) FROM songs other "
      "WHERE other.hash = songs.hash) FROM songs WHERE songs.id = ? AND " +
          sees.sql,
      values, [&](const SqlRow& row) {
        if (kind_ != CatalogueKind::kSong) ++taken_.songs;
        taken_.words += row.integer(1);
        taken_.ratings += row.integer(2);
        taken_.plays += row.integer(3);
        taken_.playlist_entries += row.integer(4);
        taken_.favourites += row.integer(5);
        if (row.is_null(0)) return;
        const std::string hash = row.text(0);
        const int64_t of_file = row.integer(6);
        if (of_file == 1 || --songs_left_.emplace(hash, of_file).first->second == 0) taken_.files.push_back(hash);
      });
}

// Those that stay for somebody else are not told of.
bool Removal::count_albums() {
  const int64_t album = albums_[counted_albums_++];
  const SqlCondition sees = sees_song(viewer_);
  SqlValues values{album};
  append(values, sees.values);
  const auto goes = kind_ == CatalogueKind::kAlbum
                        ? std::optional<int64_t>(0)
                        : sql_integer(database_,
                                      "SELECT 1 FROM albums WHERE id = ? AND (kept = 1 OR EXISTS (SELECT 1 FROM songs WHERE "
                                      "songs.album = albums.id AND " +
                                          sees.sql + "))",
                                      values);
  const auto liked = sql_integer(database_, "SELECT COUNT(*) FROM favourites WHERE kind = 'album' AND item = ?", {album});
  if (!goes || !liked) return false;
  taken_.albums += *goes;
  taken_.favourites += *liked;
  return true;
}

FromCatalogue<bool> Removal::count_on() {
  if (!begun_) {
    if (const auto allowed = may(false); !allowed) return tl::unexpected(allowed.error());
    begun_ = true;
    if (kind_ == CatalogueKind::kArtist) {
      const auto liked = sql_integer(database_, "SELECT COUNT(*) FROM favourites WHERE kind = 'artist' AND item = ?", {id_});
      if (!liked) return unread();
      taken_.favourites += *liked;
    }
  }
  for (int left = kCountedAtOnce; left > 0; --left) {
    const size_t before = songs_.size();
    bool read = true;
    if (!songs_found_ || !albums_found_) {
      read = find_more();
      left -= static_cast<int>((songs_.size() - before) / kCountedAtOnce);
    } else if (counted_albums_ < albums_.size()) {
      read = count_albums();
    } else if (counted_songs_ < songs_.size()) {
      read = count_song(songs_[counted_songs_++]);
    } else {
      return true;
    }
    if (!read) return unread();
  }
  return false;
}

bool Removal::remove_album(int64_t album) {
  return run_sql(database_, "UPDATE albums SET kept = 0 WHERE id = ?", {album}) &&
         run_sql(database_, "DELETE FROM albums WHERE id = ? AND NOT EXISTS (SELECT 1 FROM songs WHERE album = albums.id)",
                 {album});
}

bool Removal::remove_artist() {
  return run_sql(database_, "UPDATE artists SET kept = 0 WHERE id = ?", {id_}) &&
         run_sql(database_,
                 "DELETE FROM artists WHERE id = ? AND NOT EXISTS (SELECT 1 FROM songs WHERE artist = artists.id) AND NOT EXISTS "
                 "(SELECT 1 FROM albums WHERE albums.artist = artists.id)",
                 {id_});
}

FromCatalogue<bool> Removal::remove_on(std::vector<std::string>& files) {
  if (removed_songs_ == 0 && removed_albums_ == 0) {
    if (const auto allowed = may(true); !allowed) return tl::unexpected(allowed.error());
  }
  const SqlCondition sees = sees_song(viewer_);
  size_t songs = removed_songs_, albums = removed_albums_;
  std::vector<std::string> unneeded;
  const bool done = database_.transaction([&] {
    for (int left = kRemovedAtOnce; left > 0; --left) {
      if (songs < songs_.size()) {
        SqlValues values{songs_[songs++]};
        append(values, sees.values);
        const auto seen = sql_integer(database_, "SELECT songs.id FROM songs WHERE songs.id = ? AND " + sees.sql, values);
        if (!seen || (*seen != 0 && !remove_song(database_, *seen, unneeded))) return false;
      } else if (albums < albums_.size()) {
        if (!remove_album(albums_[albums++])) return false;
      } else {
        return kind_ != CatalogueKind::kArtist || remove_artist();
      }
    }
    return true;
  });
  if (!done) return unread();
  const bool is_over =
      songs == songs_.size() && albums == albums_.size() && songs + albums - removed_songs_ - removed_albums_ < kRemovedAtOnce;
  removed_songs_ = songs;
  removed_albums_ = albums;
  files.insert(files.end(), unneeded.begin(), unneeded.end());
  return is_over;
}

bool remove_song(LibraryDatabase& database, int64_t song, std::vector<std::string>& files) {
  std::string hash;
  if (!each_row(database, "SELECT hash FROM songs WHERE id = ?", {song}, [&](const SqlRow& row) { hash = row.text(0); }) ||
      !run_sql(database, "DELETE FROM songs WHERE id = ?", {song}))
    return false;
  if (hash.empty()) return true;
  return each_row(
      database,
      "DELETE FROM files WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM songs WHERE songs.hash = files.hash) RETURNING hash",
      {hash}, [&](const SqlRow& row) { files.push_back(row.text(0)); });
}

FromCatalogue<TakenAlong> would_take(LibraryDatabase& database, const Viewer& viewer, const CatalogueItem& item) {
  Removal removal(database, viewer, item);
  auto counted = removal.count_on();
  while (counted && !*counted) counted = removal.count_on();
  if (!counted) return tl::unexpected(counted.error());
  return removal.taken();
}

FromCatalogue<TakenAlong> remove_item(LibraryDatabase& database, const Viewer& viewer, const CatalogueItem& item) {
  Removal removal(database, viewer, item);
  std::vector<std::string> files;
  auto done = removal.count_on();
  while (done && !*done) done = removal.count_on();
  if (done) *done = false;
  while (done && !*done) done = removal.remove_on(files);
  if (!done) return tl::unexpected(done.error());
  return removal.taken();
}

}  // namespace roundelay
