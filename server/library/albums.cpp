#include "server/library/albums.h"

#include <optional>

#include "server/library/artists.h"
#include "server/library/folding.h"
#include "server/library/search_index.h"
#include "server/library/song_fields.h"
#include "server/library/stale_index.h"

namespace roundelay {
namespace {

struct AlbumFields {
  std::string title;
  std::string artist;  // empty: several
  std::optional<int64_t> year;
};

// With what of it this viewer sees.
SqlCondition select_albums(const Viewer& viewer) {
  const SqlCondition songs = sees_song(viewer);
  SqlCondition out{
      "SELECT albums.id, albums.title, albums.artist, artists.name, albums.year, coalesce(albums.cover, "
      "(SELECT coalesce(songs.tag_cover, songs.cover) FROM songs WHERE songs.album = albums.id AND (songs.tag_cover IS NOT NULL "
      "OR "
      "songs.cover IS NOT NULL) AND " +
      songs.sql +
      " ORDER BY songs.disc, songs.track, songs.id LIMIT 1)), albums.cover IS NOT NULL, (SELECT COUNT(*) FROM songs WHERE "
      "songs.album = albums.id AND " +
      songs.sql + "), (SELECT SUM(length_ms) FROM songs WHERE songs.album = albums.id AND " + songs.sql +
      ") FROM albums LEFT JOIN artists ON artists.id = albums.artist WHERE "};
  for (int i = 0; i < 3; ++i) append(out.values, songs.values);
  return out;
}

Album album_of(const SqlRow& row) {
  return {row.integer(0), row.text(1), row.integer_or_null(2), row.text(3),   row.integer_or_null(4),
          row.text(5),    row.flag(6), row.integer(7),         row.integer(8)};
}

FromCatalogue<AlbumFields> changed_album(AlbumFields fields, const nlohmann::json& json) {
  if (!json.is_object()) return misread("An album is an object.");
  for (const auto& [name, value] : json.items()) {
    if (name == "title" && value.is_string())
      fields.title = value.get<std::string>();
    else if (name == "artist" && value.is_string())
      fields.artist = value.get<std::string>();
    else if (name == "artist" && value.is_null())
      fields.artist.clear();
    else if (name == "year" && value.is_number_integer())
      fields.year = value.get<int64_t>();
    else if (name == "year" && value.is_null())
      fields.year.reset();
    else
      return misread("An album has title, artist and year; “" + name + "” is none of them, or of another kind.", name);
  }
  const auto title = checked_title(fields.title, "title");
  if (!title) return tl::unexpected(title.error());
  fields.title = *title;
  if (!fields.artist.empty()) {
    const auto artist = checked_title(fields.artist, "artist");
    if (!artist) return tl::unexpected(artist.error());
    fields.artist = *artist;
  }
  if (fields.year && (*fields.year < 1'000 || *fields.year > 2'200)) return refused(phrase("library_year_out_of_range"), "year");
  return fields;
}

SqlCondition albums_wanted(const Viewer& viewer, std::optional<int64_t> artist, std::string_view starting_with) {
  SqlCondition where = sees_album(viewer);
  const auto also = [&](const std::string& sql, const SqlValues& values) {
    where.sql += " AND " + sql;
    append(where.values, values);
  };
  if (artist) also("albums.artist = ?", {*artist});
  if (!starting_with.empty()) {
    const std::string begin = folded(starting_with);
    also("albums.fold >= ? AND albums.fold < ?", {begin, begin + "\xF4\x8F\xBF\xBF"});
  }
  return where;
}

std::string order_of_albums(std::optional<int64_t> artist) {
  return artist ? " ORDER BY albums.year, albums.fold, albums.id" : " ORDER BY albums.fold, albums.id";
}

}  // namespace

std::optional<int64_t> Albums::count(const Viewer& viewer, std::optional<int64_t> artist, std::string_view starting_with) {
  const SqlCondition where = albums_wanted(viewer, artist, starting_with);
  return sql_integer(database_, "SELECT COUNT(*) FROM albums WHERE " + where.sql, where.values);
}

std::optional<std::vector<int64_t>> Albums::ids(const Viewer& viewer, const Page& page, std::optional<int64_t> artist,
                                                std::string_view starting_with) {
  SqlCondition where = albums_wanted(viewer, artist, starting_with);
  append(where.values, {page.limit, page.offset});
  std::vector<int64_t> out;
  if (!each_row(database_, "SELECT albums.id FROM albums WHERE " + where.sql + order_of_albums(artist) + " LIMIT ? OFFSET ?",
                where.values, [&](const SqlRow& row) { out.push_back(row.integer(0)); }))
    return std::nullopt;
  return out;
}

FromCatalogue<PageOf<Album>> Albums::list(const Viewer& viewer, const Page& page, std::optional<int64_t> artist,
                                          std::string_view starting_with) {
  PageOf<Album> out;
  const auto total = count(viewer, artist, starting_with);
  if (!total) return unread();
  out.total = *total;
  const SqlCondition where = albums_wanted(viewer, artist, starting_with);
  SqlCondition select = select_albums(viewer);
  // Which ones an index tells; only these are read.
  select.sql += "albums.id IN (SELECT albums.id FROM albums WHERE " + where.sql + order_of_albums(artist) + " LIMIT ? OFFSET ?)" +
                order_of_albums(artist);
  append(select.values, where.values);
  append(select.values, {page.limit, page.offset});
  if (!each_row(database_, select.sql, select.values, [&](const SqlRow& row) { out.rows.push_back(album_of(row)); }))
    return unread();
  return out;
}

FromCatalogue<Album> Albums::find(const Viewer& viewer, int64_t id) {
  SqlCondition select = select_albums(viewer);
  const SqlCondition sees = sees_album(viewer);
  select.sql += "albums.id = ? AND " + sees.sql;
  append(select.values, {id});
  append(select.values, sees.values);
  Album out;
  if (!each_row(database_, select.sql, select.values, [&](const SqlRow& row) { out = album_of(row); })) return unread();
  if (out.id == 0) return not_there(phrase("library_no_such_album"));
  return out;
}

int64_t Albums::of_title(const std::string& title, std::optional<int64_t> artist, bool kept, int64_t now_s) {
  const std::string fold = folded(title), same = case_folded(title);
  int64_t found = 0;
  // Its own rather than one of several artists.
  if (!each_row(database_,
                "SELECT id, title FROM albums WHERE fold = ? AND (artist IS ? OR artist IS NULL) ORDER BY artist IS NULL, id",
                {fold, artist}, [&](const SqlRow& row) {
                  if (found == 0 && case_folded(row.text(1)) == same) found = row.integer(0);
                }))
    return 0;
  if (found != 0) return !kept || run_sql(database_, "UPDATE albums SET kept = 1 WHERE id = ? AND kept = 0", {found}) ? found : 0;
  if (!run_sql(database_, "INSERT INTO albums (title, fold, artist, kept, created, changed) VALUES (?, ?, ?, ?, ?, ?)",
               {title, fold, artist, kept, now_s, now_s}))
    return 0;
  const int64_t id = database_.last_id();
  return index_album(database_, id) ? id : 0;
}

FromCatalogue<int64_t> Albums::add(const Viewer& viewer, const nlohmann::json& json, int64_t now_s) {
  if (!viewer.is_curator()) return not_yours(phrase("library_is_the_curators"));
  const auto fields = changed_album({}, json);
  if (!fields) return tl::unexpected(fields.error());
  int64_t id = 0;
  const bool done = database_.transaction([&] {
    std::optional<int64_t> artist;
    if (!fields->artist.empty()) artist = Artists(database_).of_name(fields->artist, false, now_s);
    if (artist == 0) return false;
    id = of_title(fields->title, artist, true, now_s);
    return id != 0 && (!fields->year || run_sql(database_, "UPDATE albums SET year = ? WHERE id = ?", {fields->year, id}));
  });
  if (!done) return unread();
  return id;
}

FromCatalogue<void> Albums::change(const Viewer& viewer, int64_t id, const nlohmann::json& json, int64_t now_s) {
  const auto found = find(viewer, id);
  if (!found) return tl::unexpected(found.error());
  if (!viewer.is_curator()) return not_yours(phrase("library_is_the_curators"));
  const auto fields = changed_album({found->title, found->artist, found->year}, json);
  if (!fields) return tl::unexpected(fields.error());
  const bool done = database_.transaction([&] {
    std::optional<int64_t> artist = found->artist_id;
    if (fields->artist.empty())
      artist.reset();
    else if (fields->artist != found->artist)
      artist = Artists(database_).of_name(fields->artist, false, now_s);
    if (artist == 0) return false;
    return run_sql(database_, "UPDATE albums SET title = ?, artist = ?, year = ?, changed = ? WHERE id = ?",
                   {fields->title, artist, fields->year, now_s, id}) &&
           index_album(database_, id) &&
           (fields->title == found->title || index_what_bears(database_, {CatalogueKind::kAlbum, id}));
  });
  if (!done) return unread();
  return {};
}

}  // namespace roundelay
