#include "server/library/sifted_songs.h"

#include <algorithm>
#include <utility>

#include "server/library/sql.h"

namespace roundelay {

SiftedSongs::SiftedSongs(SqlCondition where, SongOrder order, const Page& page)
    : where_(std::move(where)), order_(order), page_(page) {}

std::optional<bool> SiftedSongs::go_on(LibraryDatabase& database) {
  if (!asked_all_) return ask_more(database);
  if (met_.size() <= kFew) return order_few(database) ? std::optional(true) : std::nullopt;
  return order_more(database);
}

std::optional<bool> SiftedSongs::ask_more(LibraryDatabase& database) {
  std::string sql = "SELECT songs.id, ";
  sql += where_.sql;
  sql += " FROM songs WHERE songs.id > ? ORDER BY songs.id LIMIT ?";
  SqlValues values = where_.values;
  append(values, {asked_to_, kAskedAtOnce});
  int64_t rows = 0;
  const bool read = each_row_once(database, sql, values, [&](const SqlRow& row) {
    ++rows;
    asked_to_ = row.integer(0);
    if (row.flag(1)) met_.push_back(asked_to_);
  });
  if (!read) return std::nullopt;
  asked_all_ = rows < kAskedAtOnce;
  if (!asked_all_) return false;
  taken_.resize(met_.size());
  if (order_ == SongOrder::kOldest) std::for_each(met_.begin(), met_.end(), [&](int64_t id) { take(id); });
  if (order_ == SongOrder::kNewest) std::for_each(met_.rbegin(), met_.rend(), [&](int64_t id) { take(id); });
  return order_ == SongOrder::kOldest || order_ == SongOrder::kNewest || met_.empty();
}

bool SiftedSongs::order_few(LibraryDatabase& database) {
  std::string sql = "SELECT songs.id FROM songs WHERE songs.id IN (SELECT value FROM json_each(?))";
  sql += order_of(order_);
  return each_row_once(database, sql, {nlohmann::json(met_).dump()}, [&](const SqlRow& row) { take(row.integer(0)); });
}

// What stands in the order's index is enough to walk along it.
std::optional<bool> SiftedSongs::order_more(LibraryDatabase& database) {
  std::string sql = "SELECT songs.id FROM songs";
  sql += order_of(order_);
  sql += " LIMIT ? OFFSET ?";
  int64_t rows = 0;
  const bool read = each_row_once(database, sql, {kOrderedAtOnce, looked_at_}, [&](const SqlRow& row) {
    ++rows;
    take(row.integer(0));
  });
  if (!read) return std::nullopt;
  looked_at_ += rows;
  return rows < kOrderedAtOnce || page_is_full();
}

void SiftedSongs::take(int64_t id) {
  const auto found = std::lower_bound(met_.begin(), met_.end(), id);
  if (found == met_.end() || *found != id) return;
  auto taken = taken_[static_cast<size_t>(found - met_.begin())];
  if (taken) return;  // it moved behind itself meanwhile
  taken = true;
  if (had_++ >= page_.offset && !page_is_full()) ids_.push_back(id);
}

}  // namespace roundelay
