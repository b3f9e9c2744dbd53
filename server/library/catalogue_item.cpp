#include "server/library/catalogue_item.h"

#include <array>
#include <string>

#include "server/library/sql.h"

namespace roundelay {
namespace {

struct KindOfItem {
  std::string_view name;
  std::string table;
  SqlCondition (*sees)(const Viewer& viewer, const std::string& table);
  const char* no_such;
};

const KindOfItem& kind_of_item(CatalogueKind kind) {
  static const std::array<KindOfItem, 3> kKinds = {{{"artist", "artists", sees_artist, "library_no_such_artist"},
                                                    {"album", "albums", sees_album, "library_no_such_album"},
                                                    {"song", "songs", sees_song, "library_no_such_song"}}};
  return kKinds[static_cast<size_t>(kind)];
}

}  // namespace

std::string_view name_of(CatalogueKind kind) {
  return kind_of_item(kind).name;
}

FromCatalogue<void> sees_item(LibraryDatabase& database, const Viewer& viewer, const CatalogueItem& item) {
  const KindOfItem& kind = kind_of_item(item.kind);
  const SqlCondition seen = kind.sees(viewer, kind.table);
  std::string sql = "SELECT 1 FROM ";
  sql.append(kind.table).append(" WHERE ").append(kind.table).append(".id = ? AND ").append(seen.sql);
  SqlValues values{item.id};
  append(values, seen.values);
  const auto found = sql_integer(database, sql, values);
  if (!found) return unread();
  if (*found == 0) return not_there(phrase(kind.no_such));
  return {};
}

}  // namespace roundelay
