#include "server/library/artists.h"

#include "server/library/folding.h"
#include "server/library/search_index.h"
#include "server/library/song_fields.h"
#include "server/library/stale_index.h"

namespace roundelay {
namespace {

// With how many albums and songs this viewer sees.
SqlCondition select_artists(const Viewer& viewer) {
  const SqlCondition songs = sees_song(viewer), albums = sees_album(viewer);
  SqlCondition out{"SELECT artists.id, artists.name, (SELECT COUNT(*) FROM albums WHERE albums.artist = artists.id AND " +
                   albums.sql + "), (SELECT COUNT(*) FROM songs WHERE songs.artist = artists.id AND " + songs.sql +
                   ") FROM artists WHERE "};
  out.values = albums.values;
  append(out.values, songs.values);
  return out;
}

Artist artist_of(const SqlRow& row) {
  return {row.integer(0), row.text(1), row.integer(2), row.integer(3)};
}

SqlCondition artists_wanted(const Viewer& viewer, std::string_view starting_with) {
  SqlCondition where = sees_artist(viewer);
  if (starting_with.empty()) return where;
  const std::string begin = folded(starting_with);
  where.sql += " AND artists.fold >= ? AND artists.fold < ?";
  append(where.values, {begin, begin + "\xF4\x8F\xBF\xBF"});
  return where;
}
constexpr const char* kArtistsInOrder = " ORDER BY artists.fold, artists.id LIMIT ? OFFSET ?";

}  // namespace

std::optional<int64_t> Artists::count(const Viewer& viewer, std::string_view starting_with) {
  const SqlCondition where = artists_wanted(viewer, starting_with);
  return sql_integer(database_, "SELECT COUNT(*) FROM artists WHERE " + where.sql, where.values);
}

std::optional<std::vector<int64_t>> Artists::ids(const Viewer& viewer, const Page& page, std::string_view starting_with) {
  SqlCondition where = artists_wanted(viewer, starting_with);
  append(where.values, {page.limit, page.offset});
  std::vector<int64_t> out;
  if (!each_row(database_, "SELECT artists.id FROM artists WHERE " + where.sql + kArtistsInOrder, where.values,
                [&](const SqlRow& row) { out.push_back(row.integer(0)); }))
    return std::nullopt;
  return out;
}

FromCatalogue<PageOf<Artist>> Artists::list(const Viewer& viewer, const Page& page, std::string_view starting_with) {
  PageOf<Artist> out;
  const auto total = count(viewer, starting_with);
  if (!total) return unread();
  out.total = *total;
  const SqlCondition where = artists_wanted(viewer, starting_with);
  SqlCondition select = select_artists(viewer);
  select.sql += where.sql + kArtistsInOrder;
  append(select.values, where.values);
  append(select.values, {page.limit, page.offset});
  if (!each_row(database_, select.sql, select.values, [&](const SqlRow& row) { out.rows.push_back(artist_of(row)); }))
    return unread();
  return out;
}

FromCatalogue<Artist> Artists::find(const Viewer& viewer, int64_t id) {
  SqlCondition select = select_artists(viewer);
  const SqlCondition sees = sees_artist(viewer);
  select.sql += "artists.id = ? AND " + sees.sql;
  append(select.values, {id});
  append(select.values, sees.values);
  Artist out;
  if (!each_row(database_, select.sql, select.values, [&](const SqlRow& row) { out = artist_of(row); })) return unread();
  if (out.id == 0) return not_there(phrase("library_no_such_artist"));
  return out;
}

int64_t Artists::of_name(const std::string& name, bool kept, int64_t now_s) {
  const std::string fold = folded(name), same = case_folded(name);
  int64_t found = 0;
  if (!each_row(database_, "SELECT id, name FROM artists WHERE fold = ? ORDER BY id", {fold}, [&](const SqlRow& row) {
        if (found == 0 && case_folded(row.text(1)) == same) found = row.integer(0);
      }))
    return 0;
  if (found != 0)
    return !kept || run_sql(database_, "UPDATE artists SET kept = 1 WHERE id = ? AND kept = 0", {found}) ? found : 0;
  if (!run_sql(database_, "INSERT INTO artists (name, fold, kept, created, changed) VALUES (?, ?, ?, ?, ?)",
               {name, fold, kept, now_s, now_s}))
    return 0;
  const int64_t id = database_.last_id();
  return index_artist(database_, id) ? id : 0;
}

FromCatalogue<int64_t> Artists::add(const Viewer& viewer, std::string_view name, int64_t now_s) {
  if (!viewer.is_curator()) return not_yours(phrase("library_is_the_curators"));
  const auto checked = checked_title(name, "name");
  if (!checked) return tl::unexpected(checked.error());
  int64_t id = 0;
  if (!database_.transaction([&] { return (id = of_name(*checked, true, now_s)) != 0; })) return unread();
  return id;
}

FromCatalogue<void> Artists::rename(const Viewer& viewer, int64_t id, std::string_view name, int64_t now_s) {
  const auto found = find(viewer, id);
  if (!found) return tl::unexpected(found.error());
  if (!viewer.is_curator()) return not_yours(phrase("library_is_the_curators"));
  const auto checked = checked_title(name, "name");
  if (!checked) return tl::unexpected(checked.error());
  if (*checked == found->name) return {};
  const bool done = database_.transaction([&] {
    return run_sql(database_, "UPDATE artists SET name = ?, changed = ? WHERE id = ?", {*checked, now_s, id}) &&
           index_artist(database_, id) && index_what_bears(database_, {CatalogueKind::kArtist, id});
  });
  if (!done) return unread();
  return {};
}

}  // namespace roundelay
