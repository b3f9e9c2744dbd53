#include "server/store/mark_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {

MarkRows::MarkRows(Database& database)
    : database_(database),
      save_(database.prepare("INSERT OR REPLACE INTO song_marks(room, id, song, place, position, kind, payload) "
                             "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")),
      forget_(database.prepare("DELETE FROM song_marks WHERE room = ?1")),
      of_room_(
          database.prepare("SELECT song, place, id, position, kind, payload FROM song_marks WHERE room = ?1 ORDER BY place")) {}

int MarkRows::save(const std::string& room, const StoredMark& mark) {
  return Query(save_, room, mark.mark.id, int64_t{mark.song}, static_cast<int64_t>(mark.place), mark.mark.position,
               mark.mark.kind, mark.mark.payload)
      .step();
}

int MarkRows::forget(const std::string& room) {
  return Query(forget_, room).step();
}

FromStore<std::vector<StoredMark>> MarkRows::of_room(const std::string& room) {
  std::vector<StoredMark> out;
  Query query(of_room_, room);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    out.push_back({static_cast<uint32_t>(query.integer(0)), static_cast<size_t>(query.integer(1)),
                   control::Mark{query.text(2), query.integer(3), query.text(4), query.text(5)}});
  }
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

}  // namespace roundelay
