#include "server/store/chat_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {

ChatRows::ChatRows(Database& database)
    : database_(database),
      save_(database.prepare(
          "INSERT INTO chat(room, id, person, name, text, at_ms, announcement) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")),
      remove_(database.prepare("DELETE FROM chat WHERE room = ?1 AND id = ?2")),
      forget_(database.prepare("DELETE FROM chat WHERE room IN (SELECT id FROM rooms WHERE last_used < ?1)")),
      of_room_(database.prepare("SELECT id, person, name, text, at_ms, announcement FROM chat WHERE room = ?1 ORDER BY id")) {}

int ChatRows::save(const std::string& room, const ChatLine& line) {
  return Query(save_, room, static_cast<int64_t>(line.id), static_cast<int64_t>(line.person), line.name, line.text, line.at_ms,
               int{line.announcement})
      .step();
}

int ChatRows::remove(const std::string& room, uint64_t id) {
  return Query(remove_, room, static_cast<int64_t>(id)).step();
}

int ChatRows::forget(int64_t before) {
  return Query(forget_, before).step();
}

FromStore<std::vector<ChatLine>> ChatRows::of_room(const std::string& room) {
  std::vector<ChatLine> out;
  Query query(of_room_, room);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    out.push_back({static_cast<uint64_t>(query.integer(0)), static_cast<PersonId>(query.integer(1)), query.text(2), query.text(3),
                   query.integer(4), query.integer(5) != 0});
  }
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

}  // namespace roundelay
