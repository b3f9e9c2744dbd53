#include "server/library/stale_index.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "server/library/search_index.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr int64_t kIndexedAtOnce = 20;

struct Bearers {
  std::string_view kind;  // as it stands in the table
  CatalogueKind of;
  std::string_view behind;  // which bear the name of ?1, those behind ?2, ?3 of them
  bool (*index)(LibraryDatabase& database, int64_t id);
};
constexpr std::array kBearers = {
    Bearers{"album", CatalogueKind::kAlbum, "SELECT id FROM songs WHERE album = ?1 AND id > ?2 ORDER BY id LIMIT ?3", index_song},
    Bearers{"artist", CatalogueKind::kArtist, "SELECT id FROM songs WHERE artist = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            index_song},
    Bearers{"artist_albums", CatalogueKind::kArtist, "SELECT id FROM albums WHERE artist = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            index_album},
};

struct Stale {
  const Bearers* bearers = nullptr;  // null: nothing is
  int64_t id = 0;
  int64_t behind = 0;
};

std::optional<Stale> first_stale(LibraryDatabase& database) {
  Stale out;
  const bool read = each_row(database, "SELECT kind, id, behind FROM stale_index LIMIT 1", {}, [&](const SqlRow& row) {
    for (const Bearers& bearers : kBearers) {
      if (bearers.kind == row.text(0)) out = {&bearers, row.integer(1), row.integer(2)};
    }
  });
  return read ? std::optional(out) : std::nullopt;
}

bool index_slice(LibraryDatabase& database) {
  for (int64_t left = kIndexedAtOnce; left > 0;) {
    const auto stale = first_stale(database);
    if (!stale || stale->bearers == nullptr) return stale.has_value();
    std::vector<int64_t> ids;
    if (!each_row(database, stale->bearers->behind, {stale->id, stale->behind, left},
                  [&](const SqlRow& row) { ids.push_back(row.integer(0)); }))
      return false;
    for (const int64_t id : ids) {
      if (!stale->bearers->index(database, id)) return false;
    }
    const bool more = static_cast<int64_t>(ids.size()) == left;
    left -= static_cast<int64_t>(ids.size());
    if (!(more ? run_sql(database, "UPDATE stale_index SET behind = ? WHERE kind = ? AND id = ?",
                         {ids.back(), stale->bearers->kind, stale->id})
               : run_sql(database, "DELETE FROM stale_index WHERE kind = ? AND id = ?", {stale->bearers->kind, stale->id})))
      return false;
  }
  return true;
}

}  // namespace

bool index_what_bears(LibraryDatabase& database, const CatalogueItem& named) {
  for (const Bearers& bearers : kBearers) {
    if (bearers.of == named.kind &&
        !run_sql(database, "INSERT OR REPLACE INTO stale_index (kind, id, behind) VALUES (?, ?, 0)", {bearers.kind, named.id}))
      return false;
  }
  return index_slice(database);
}

std::optional<bool> index_on(LibraryDatabase& database) {
  const auto stale = first_stale(database);
  if (!stale) return std::nullopt;
  if (stale->bearers == nullptr) return true;
  if (!database.transaction([&] { return index_slice(database); })) return std::nullopt;
  return false;
}

}  // namespace roundelay
