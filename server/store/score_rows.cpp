#include "server/store/score_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {

ScoreRows::ScoreRows(Database& database)
    : database_(database),
      add_(database.prepare("INSERT INTO scores(id, room, title, pages, sha256, uploader, created) "
                            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")),
      remove_(database.prepare("DELETE FROM scores WHERE room = ?1 AND id = ?2")),
      of_room_(database.prepare("SELECT id, title, pages, sha256, uploader FROM scores WHERE room = ?1 ORDER BY number")),
      uses_blob_(database.prepare("SELECT 1 FROM scores WHERE sha256 = ?1 LIMIT 1")) {}

int ScoreRows::add(const std::string& room, const Score& score, int64_t now) {
  return Query(add_, score.id, room, score.title, pages_json(score.pages).dump(), score.sha256,
               static_cast<int64_t>(score.uploader), now)
      .step();
}

int ScoreRows::remove(const std::string& room, const std::string& id) {
  return Query(remove_, room, id).step();
}

FromStore<std::vector<Score>> ScoreRows::of_room(const std::string& room) {
  std::vector<Score> out;
  Query query(of_room_, room);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    auto pages = read_pages(nlohmann::json::parse(query.text(2), nullptr, false));
    if (!pages) continue;  // nothing of it could be shown
    out.push_back({.id = query.text(0),
                   .title = query.text(1),
                   .pages = *std::move(pages),
                   .sha256 = query.text(3),
                   .uploader = static_cast<uint64_t>(query.integer(4))});
  }
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

FromStore<bool> ScoreRows::uses_blob(const std::string& sha256) {
  Query query(uses_blob_, sha256);
  const int result = query.step();
  if (result != SQLITE_ROW && result != SQLITE_DONE) return database_.failure();
  return result == SQLITE_ROW;
}

}  // namespace roundelay
