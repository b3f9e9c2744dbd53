// The backing tracks of the rooms in the database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/room/song.h"
#include "server/store/database.h"

namespace roundelay {

class TrackRows {
 public:
  explicit TrackRows(Database& database);

  // SQLite's result. Times are Unix seconds.
  [[nodiscard]] int add(const std::string& room, const Track& track, int64_t now);
  [[nodiscard]] int remove(const std::string& room, const std::string& id);
  // In the order of their coming.
  [[nodiscard]] FromStore<std::vector<Track>> of_room(const std::string& room);
  [[nodiscard]] FromStore<bool> uses_blob(const std::string& sha256);

 private:
  Database& database_;
  SQLite::Statement add_, remove_, of_room_, uses_blob_;
};

}  // namespace roundelay
