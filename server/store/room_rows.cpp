#include "server/store/room_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {

RoomRows::RoomRows(Database& database)
    : database_(database),
      add_(
          database.prepare("INSERT INTO rooms(id, name, settings, created, last_used, key_hash) VALUES(?1, ?2, ?3, ?4, ?4, ?5)")),
      save_settings_(database.prepare("UPDATE rooms SET settings = ?2, last_used = ?3 WHERE id = ?1")),
      find_(database.prepare("SELECT id, name, key_hash, settings FROM rooms WHERE id = ?1")) {}

int RoomRows::add(const StoredRoom& room, int64_t now) {
  Query query(add_, room.id, room.name, room.settings.dump(), now);
  query.bind_blob(5, room.key_hash);
  return query.step();
}

int RoomRows::save_settings(const std::string& id, const nlohmann::json& settings, int64_t now) {
  return Query(save_settings_, id, settings.dump(), now).step();
}

FromStore<std::optional<StoredRoom>> RoomRows::find(const std::string& id) {
  Query query(find_, id);
  const int result = query.step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return database_.failure();
  return StoredRoom{query.text(0), query.text(1), query.text(2), nlohmann::json::parse(query.text(3), nullptr, false)};
}

}  // namespace roundelay
