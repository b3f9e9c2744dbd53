#include "server/store/room_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {
namespace {

constexpr const char* kSelectRoom = "SELECT id, name, key_hash, settings, listed FROM rooms WHERE ";

StoredRoom read_room(const Query& row) {
  return {row.text(0), row.text(1), row.text(2), nlohmann::json::parse(row.text(3), nullptr, false), row.integer(4) != 0};
}

}  // namespace

RoomRows::RoomRows(Database& database)
    : database_(database),
      add_(
          database.prepare("INSERT INTO rooms(id, name, settings, created, last_used, key_hash) VALUES(?1, ?2, ?3, ?4, ?4, ?5)")),
      save_(database.prepare("UPDATE rooms SET settings = ?2, last_used = ?3, name = ?4, listed = ?5 WHERE id = ?1")),
      save_key_(database.prepare("UPDATE rooms SET key_hash = ?2 WHERE id = ?1")),
      touch_(database.prepare("UPDATE rooms SET last_used = ?2 WHERE id = ?1")),
      remove_(database.prepare("DELETE FROM rooms WHERE id = ?1")),
      find_(database.prepare(std::string(kSelectRoom) + "id = ?1")),
      listed_(database.prepare(std::string(kSelectRoom) + "listed = 1 ORDER BY name LIMIT ?1")),
      after_(database.prepare("SELECT id, name, last_used FROM rooms WHERE id > ?1 ORDER BY id LIMIT ?2")),
      unused_(database.prepare("SELECT id FROM rooms WHERE last_used < ?1 ORDER BY last_used LIMIT ?2")) {}

int RoomRows::add(const StoredRoom& room, int64_t now) {
  Query query(add_, room.id, room.name, room.settings.dump(), now);
  query.bind_blob(5, room.key_hash);
  return query.step();
}

int RoomRows::save(const StoredRoom& room, int64_t now) {
  return Query(save_, room.id, room.settings.dump(), now, room.name, int{room.listed}).step();
}

int RoomRows::save_key(const std::string& id, const std::string& key_hash) {
  Query query(save_key_, id);
  query.bind_blob(2, key_hash);
  return query.step();
}

int RoomRows::touch(const std::string& id, int64_t now) {
  return Query(touch_, id, now).step();
}

int RoomRows::remove(const std::string& id) {
  return Query(remove_, id).step();
}

FromStore<std::vector<StoredRoom>> RoomRows::listed(int most) {
  std::vector<StoredRoom> out;
  Query query(listed_, most);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) out.push_back(read_room(query));
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

FromStore<std::vector<RoomLine>> RoomRows::after(const std::string& id, int most) {
  std::vector<RoomLine> out;
  Query query(after_, id, most);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) out.push_back({query.text(0), query.text(1), query.integer(2)});
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

FromStore<std::vector<std::string>> RoomRows::unused(int64_t before, int most) {
  std::vector<std::string> out;
  Query query(unused_, before, most);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) out.push_back(query.text(0));
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

FromStore<std::optional<StoredRoom>> RoomRows::find(const std::string& id) {
  Query query(find_, id);
  const int result = query.step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return database_.failure();
  return read_room(query);
}

}  // namespace roundelay
