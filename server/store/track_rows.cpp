#include "server/store/track_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {

TrackRows::TrackRows(Database& database)
    : database_(database),
      add_(database.prepare("INSERT INTO tracks(id, room, name, seconds, channels, sha256, uploader, created, loudness, credits, "
                            "library_song) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")),
      remove_(database.prepare("DELETE FROM tracks WHERE room = ?1 AND id = ?2")),
      of_room_(database.prepare("SELECT id, name, seconds, channels, loudness, sha256, uploader, credits, library_song FROM "
                                "tracks WHERE room = ?1 ORDER BY number")),
      uses_blob_(database.prepare("SELECT 1 FROM tracks WHERE sha256 = ?1 LIMIT 1")) {}

int TrackRows::add(const std::string& room, const Track& track, int64_t now) {
  Query query(add_, track.id, room, track.name, track.seconds, track.channels, track.sha256, static_cast<int64_t>(track.uploader),
              now);
  if (track.loudness) query.bind_real(9, *track.loudness);
  query.bind_text(10, track.credits.empty()
                          ? std::string()
                          : track.credits.to_json().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  query.bind_integer(11, track.library_song);
  return query.step();
}

int TrackRows::remove(const std::string& room, const std::string& id) {
  return Query(remove_, room, id).step();
}

FromStore<std::vector<Track>> TrackRows::of_room(const std::string& room) {
  std::vector<Track> out;
  Query query(of_room_, room);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    out.push_back({query.text(0), query.text(1), query.real(2), static_cast<int>(query.integer(3)), query.real_or_null(4),
                   query.text(5), static_cast<uint64_t>(query.integer(6)),
                   control::Credits::read(nlohmann::json::parse(query.text(7), nullptr, false)), query.integer(8)});
  }
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

FromStore<bool> TrackRows::uses_blob(const std::string& sha256) {
  Query query(uses_blob_, sha256);
  const int result = query.step();
  if (result != SQLITE_ROW && result != SQLITE_DONE) return database_.failure();
  return result == SQLITE_ROW;
}

}  // namespace roundelay
