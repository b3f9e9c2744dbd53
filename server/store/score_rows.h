// The scores of the rooms in the database; their pages lie in blobs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/room/score.h"
#include "server/store/database.h"

namespace roundelay {

class ScoreRows {
 public:
  explicit ScoreRows(Database& database);

  // SQLite's result. Times are Unix seconds.
  [[nodiscard]] int add(const std::string& room, const Score& score, int64_t now);
  [[nodiscard]] int remove(const std::string& room, const std::string& id);
  // In the order of their coming.
  [[nodiscard]] FromStore<std::vector<Score>> of_room(const std::string& room);
  [[nodiscard]] FromStore<bool> uses_blob(const std::string& sha256);

 private:
  Database& database_;
  SQLite::Statement add_, remove_, of_room_, uses_blob_;
};

}  // namespace roundelay
