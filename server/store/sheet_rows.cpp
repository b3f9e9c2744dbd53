#include "server/store/sheet_rows.h"

#include <sqlite3.h>

#include <nlohmann/json.hpp>

#include "server/store/query.h"

namespace roundelay {

SheetRows::SheetRows(Database& database)
    : database_(database),
      add_(database.prepare("INSERT INTO sheets(room, id, title, format, version, times, text, created) "
                            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")),
      replace_(database.prepare(
          "UPDATE sheets SET title = ?3, format = ?4, version = ?5, times = ?6, text = ?7 WHERE room = ?1 AND id = ?2")),
      save_(database.prepare("UPDATE sheets SET title = ?3, version = ?4, times = ?5 WHERE room = ?1 AND id = ?2")),
      remove_(database.prepare("DELETE FROM sheets WHERE room = ?1 AND id = ?2")),
      of_room_(database.prepare("SELECT id, title, format, version, times FROM sheets WHERE room = ?1 ORDER BY number")),
      text_(database.prepare("SELECT text FROM sheets WHERE room = ?1 AND id = ?2")) {}

int SheetRows::add(const std::string& room, const Sheet& sheet, const std::string& text, int64_t now) {
  return Query(add_, room, sheet.id, sheet.title, std::string(name_of(sheet.format)), sheet.version,
               times_json(sheet.times).dump(), text, now)
      .step();
}

int SheetRows::replace(const std::string& room, const Sheet& sheet, const std::string& text) {
  return Query(replace_, room, sheet.id, sheet.title, std::string(name_of(sheet.format)), sheet.version,
               times_json(sheet.times).dump(), text)
      .step();
}

int SheetRows::save(const std::string& room, const Sheet& sheet) {
  return Query(save_, room, sheet.id, sheet.title, sheet.version, times_json(sheet.times).dump()).step();
}

int SheetRows::remove(const std::string& room, const std::string& id) {
  return Query(remove_, room, id).step();
}

FromStore<std::vector<Sheet>> SheetRows::of_room(const std::string& room) {
  std::vector<Sheet> out;
  Query query(of_room_, room);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    auto times = read_times(nlohmann::json::parse(query.text(4), nullptr, false));
    out.push_back({.id = query.text(0),
                   .title = query.text(1),
                   .format = words_format(query.text(2)).value_or(WordsFormat::kPlain),
                   .version = query.integer(3),
                   .times = std::move(times).value_or(SheetTimes())});
  }
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

FromStore<std::optional<std::string>> SheetRows::text(const std::string& room, const std::string& id) {
  Query query(text_, room, id);
  const int result = query.step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return database_.failure();
  return query.text(0);
}

}  // namespace roundelay
