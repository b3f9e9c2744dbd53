#include "server/store/sung_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {

SungRows::SungRows(Database& database)
    : database_(database),
      save_(database.prepare("INSERT OR REPLACE INTO sung(room, song, at_ms, title, credits, library_song) "
                             "VALUES(?1, ?2, ?3, ?4, ?5, ?6)")),
      drop_oldest_(database.prepare("DELETE FROM sung WHERE room = ?1 AND song <= ?2")),
      remove_(database.prepare("DELETE FROM sung WHERE room = ?1 AND song = ?2")),
      forget_(database.prepare("DELETE FROM sung WHERE at_ms < ?1")),
      of_room_(database.prepare(
          "SELECT song, at_ms, title, credits, library_song FROM sung WHERE room = ?1 AND at_ms >= ?2 AND at_ms < ?3 "
          "ORDER BY at_ms DESC, song DESC LIMIT ?4")) {}

int SungRows::save(const std::string& room, const SungSong& sung) {
  const std::string credits = sung.credits.empty()
                                  ? std::string()
                                  : sung.credits.to_json().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const int saved = Query(save_, room, int64_t{sung.song}, sung.at_ms, sung.title, credits, sung.library_song).step();
  if (saved != SQLITE_DONE) return saved;
  return Query(drop_oldest_, room, int64_t{sung.song} - kMostOfRoom).step();
}

int SungRows::remove(const std::string& room, uint32_t song) {
  return Query(remove_, room, int64_t{song}).step();
}

int SungRows::forget(int64_t before_ms) {
  return Query(forget_, before_ms).step();
}

FromStore<std::vector<SungSong>> SungRows::of_room(const std::string& room, int64_t since_ms, int64_t until_ms, int most) {
  std::vector<SungSong> out;
  Query query(of_room_, room, since_ms, until_ms, most);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    out.push_back({static_cast<uint32_t>(query.integer(0)), query.integer(1), query.text(2),
                   control::Credits::read(nlohmann::json::parse(query.text(3), nullptr, false)), query.integer(4)});
  }
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

}  // namespace roundelay
