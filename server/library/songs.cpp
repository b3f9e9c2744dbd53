#include "server/library/songs.h"

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/search_index.h"
#include "server/library/several_artists.h"
#include "server/library/song_jobs.h"
#include "server/room/words_text.h"

namespace roundelay {

FromCatalogue<PageOf<CatalogueSong>> Songs::list(const Viewer& viewer, const SongFilter& filter, const Page& page) {
  SqlCondition where = condition_of(filter, viewer);
  PageOf<CatalogueSong> out;
  bool read = each_row_once(database_, "SELECT COUNT(*) FROM songs WHERE " + where.sql, where.values,
                            [&](const SqlRow& row) { out.total = row.integer(0); });
  // The page's ids first: rows that are skipped are not put together.
  std::string sql = kSelectSongs;
  sql += "WHERE songs.id IN (SELECT songs.id FROM songs WHERE " + where.sql;
  sql += order_of(filter.order);
  sql += " LIMIT ? OFFSET ?)";
  sql += order_of(filter.order);
  append(where.values, {page.limit, page.offset});
  read = read && each_row_once(database_, sql, where.values, [&](const SqlRow& row) { out.rows.push_back(song_of(row)); });
  if (!read) return unread();
  return out;
}

std::optional<int64_t> Songs::count(const Viewer& viewer, const SongFilter& filter) {
  const SqlCondition where = condition_of(filter, viewer);
  int64_t out = 0;
  if (!each_row_once(database_, "SELECT COUNT(*) FROM songs WHERE " + where.sql, where.values,
                     [&](const SqlRow& row) { out = row.integer(0); }))
    return std::nullopt;
  return out;
}

std::optional<std::vector<int64_t>> Songs::ids(const Viewer& viewer, const Page& page, const SongFilter& filter) {
  SqlCondition where = condition_of(filter, viewer);
  std::string sql = "SELECT songs.id FROM songs WHERE " + where.sql;
  sql += order_of(filter.order);
  sql += " LIMIT ? OFFSET ?";
  append(where.values, {page.limit, page.offset});
  std::vector<int64_t> out;
  if (!each_row_once(database_, sql, where.values, [&](const SqlRow& row) { out.push_back(row.integer(0)); }))
    return std::nullopt;
  return out;
}

FromCatalogue<CatalogueSong> Songs::find(const Viewer& viewer, int64_t id) {
  std::string sql = kSelectSongs;
  sql += "WHERE songs.id = ?";
  CatalogueSong out;
  if (!each_row(database_, sql, {id}, [&](const SqlRow& row) { out = song_of(row); })) return unread();
  if (out.id == 0 || !viewer.sees(out.is_private, out.uploader_id.value_or(0))) return not_there(phrase("library_no_such_song"));
  return out;
}

FromCatalogue<std::string> Songs::words(const Viewer& viewer, int64_t id) {
  const auto song = find(viewer, id);
  if (!song) return tl::unexpected(song.error());
  std::string out;
  if (!each_row(database_, "SELECT text FROM song_words WHERE song = ?", {id}, [&](const SqlRow& row) { out = row.text(0); }))
    return unread();
  return out;
}

FromCatalogue<SongFields> Songs::fields(const Viewer& viewer, int64_t id) {
  const auto song = find(viewer, id);
  if (!song) return tl::unexpected(song.error());
  auto text = words(viewer, id);
  if (!text) return tl::unexpected(text.error());
  SongFields out;
  out.title = song->title;
  out.artist = song->artist;
  out.album = song->album;
  out.artist_id = song->artist_id;
  out.album_id = song->album_id;
  out.disc = song->disc;
  out.track = song->track;
  out.genre = song->genre;
  out.length_ms = song->length_ms;
  out.key = song->key;
  out.tempo_bpm = song->tempo_bpm;
  out.language = song->language;
  out.year = song->year;
  out.licence = song->licence;
  out.link = song->link;
  out.attribution = song->attribution;
  out.words = std::move(*text);
  out.is_private = song->is_private;
  return out;
}

FromCatalogue<void> Songs::checked_ids(const Viewer& viewer, const SongFields& fields) {
  if (fields.artist_id) {
    if (const auto artist = Artists(database_).find(viewer, *fields.artist_id); !artist) return tl::unexpected(artist.error());
  }
  if (fields.album_id) {
    if (const auto album = Albums(database_).find(viewer, *fields.album_id); !album) return tl::unexpected(album.error());
  }
  return {};
}

FromCatalogue<int64_t> Songs::add(const Viewer& viewer, const nlohmann::json& json, int64_t now_s) {
  if (viewer.account == 0) return not_yours(phrase("library_song_is_not_yours"));
  const auto fields = changed_song({}, json);
  if (!fields) return tl::unexpected(fields.error());
  if (const auto checked = checked_ids(viewer, *fields); !checked) return tl::unexpected(checked.error());
  int64_t id = 0;
  if (!database_.transaction([&] { return (id = insert(*fields, {}, viewer.account, now_s)) != 0; })) return unread();
  return id;
}

FromCatalogue<void> Songs::change(const Viewer& viewer, int64_t id, const nlohmann::json& json, int64_t now_s) {
  const auto song = find(viewer, id);
  if (!song) return tl::unexpected(song.error());
  if (!viewer.may_change(song->uploader_id.value_or(0))) return not_yours(phrase("library_song_is_not_yours"));
  const auto before = fields(viewer, id);
  if (!before) return tl::unexpected(before.error());
  const auto after = changed_song(*before, json);
  if (!after) return tl::unexpected(after.error());
  if (*after == *before) return {};
  if (after->is_private && !song->is_private && song->uploader_id.value_or(0) != viewer.account)
    return not_yours(phrase("library_only_its_uploader_hides_it"));
  if (const auto checked = checked_ids(viewer, *after); !checked) return tl::unexpected(checked.error());
  if (!database_.transaction([&] { return update(id, *after, now_s); })) return unread();
  return {};
}

FromCatalogue<void> Songs::retry(const Viewer& viewer, int64_t id) {
  const auto song = find(viewer, id);
  if (!song) return tl::unexpected(song.error());
  if (!viewer.may_change(song->uploader_id.value_or(0))) return not_yours(phrase("library_song_is_not_yours"));
  if (!database_.transaction([&] { return SongJobs(database_).retry(id); })) return unread();
  return {};
}

std::optional<Songs::Place> Songs::place_of(const SongFields& fields, int64_t now_s) {
  Place out{fields.artist_id, fields.album_id};
  if (!out.artist && !fields.artist.empty()) {
    out.artist = Artists(database_).of_name(fields.artist, false, now_s);
    if (out.artist == 0) return std::nullopt;
  }
  if (!out.album && !fields.album.empty()) {
    std::optional<int64_t> artist = out.artist;
    if (are_several_artists(fields.album_artist))
      artist.reset();
    else if (!fields.album_artist.empty())
      artist = Artists(database_).of_name(fields.album_artist, false, now_s);
    if (artist == 0) return std::nullopt;
    out.album = Albums(database_).of_title(fields.album, artist, false, now_s);
    if (out.album == 0) return std::nullopt;
  }
  return out;
}

bool Songs::keep_words(int64_t id, const std::string& words) {
  if (words.empty()) return run_sql(database_, "DELETE FROM song_words WHERE song = ?", {id});
  return run_sql(
      database_,
      "INSERT INTO song_words (song, format, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET format = excluded.format, "
      "text = excluded.text",
      {id, name_of(guessed_format(words)), words});
}

int64_t Songs::insert(const SongFields& fields, const SongFile& file, int64_t uploader, int64_t now_s) {
  const SqlValue hash = file.hash.empty() ? SqlValue(nullptr) : SqlValue(file.hash);
  const SqlValue owner = uploader == 0 ? SqlValue(nullptr) : SqlValue(uploader);
  if (!run_sql(database_, "INSERT INTO songs (title, hash, uploader, private, status, created) VALUES (?, ?, ?, ?, ?, ?)",
               {fields.title, hash, owner, fields.is_private, file.status, now_s}))
    return 0;
  const int64_t id = database_.last_id();
  return update(id, fields, now_s) ? id : 0;
}

bool Songs::update(int64_t id, const SongFields& fields, int64_t now_s) {
  const auto place = place_of(fields, now_s);
  return place &&
         run_sql(
             database_,
             "UPDATE songs SET title = ?, private = ?, artist = ?, album = ?, disc = ?, track = ?, genre = ?, length_ms = ?, "
             "key = ?, tempo_bpm = ?, language = ?, year = ?, licence = ?, link = ?, attribution = ?, changed = ? WHERE id = ?",
             {fields.title, fields.is_private, place->artist, place->album, fields.disc, fields.track, fields.genre,
              fields.length_ms, fields.key, fields.tempo_bpm, fields.language, fields.year, fields.licence, fields.link,
              fields.attribution, now_s, id}) &&
         keep_words(id, fields.words) && index_song(database_, id);
}

}  // namespace roundelay
