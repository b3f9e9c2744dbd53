#include "server/library/duplicates.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "server/library/sql.h"

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

FromCatalogue<std::vector<Duplicates>> duplicates(LibraryDatabase& database, const Viewer& viewer, CatalogueKind kind,
                                                  const Page& page) {
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
  if (!each_row_once(database, sql, where.values, [&](const SqlRow& row) {
        out.push_back({row.text(0), numbers_of(row.text(1))});
      }))
    return unread();
  return out;
}

}  // namespace roundelay
