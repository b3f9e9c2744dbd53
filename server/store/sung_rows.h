// What was sung in rooms to a backing, in the database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/store/database.h"
#include "server/store/stored.h"

namespace roundelay {

class SungRows {
 public:
  static constexpr int64_t kMostOfRoom = 5'000;  // songs; older ones are forgotten

  explicit SungRows(Database& database);

  // SQLite's result.
  [[nodiscard]] int save(const std::string& room, const SungSong& sung);
  [[nodiscard]] int remove(const std::string& room, uint32_t song);
  // What was begun before, a Unix time in milliseconds, in all rooms.
  [[nodiscard]] int forget(int64_t before_ms);
  // Begun from `since_ms` on and before `until_ms`, the latest first; `most` at most.
  [[nodiscard]] FromStore<std::vector<SungSong>> of_room(const std::string& room, int64_t since_ms, int64_t until_ms, int most);

 private:
  Database& database_;
  SQLite::Statement save_, drop_oldest_, remove_, forget_, of_room_;
};

}  // namespace roundelay
