// The marks of the songs that last, in the database: so that a conductor that was started again knows them.
#pragma once

#include <string>
#include <vector>

#include "server/store/database.h"
#include "server/store/stored.h"

namespace roundelay {

class MarkRows {
 public:
  explicit MarkRows(Database& database);

  // SQLite's result.
  [[nodiscard]] int save(const std::string& room, const StoredMark& mark);
  [[nodiscard]] int forget(const std::string& room);
  // In the order of their coming.
  [[nodiscard]] FromStore<std::vector<StoredMark>> of_room(const std::string& room);

 private:
  Database& database_;
  SQLite::Statement save_, forget_, of_room_;
};

}  // namespace roundelay
