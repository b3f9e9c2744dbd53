// The people of the rooms in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/store/database.h"
#include "server/store/stored.h"

namespace roundelay {

class PersonRows {
 public:
  explicit PersonRows(Database& database);

  // SQLite's result. Times are Unix seconds.
  [[nodiscard]] int save(const std::string& room, const StoredPerson& person);
  [[nodiscard]] int touch(const std::string& room, PersonId person, int64_t last_seen);
  // Those without a place who were last seen before `before`.
  [[nodiscard]] int drop_gone(int64_t before);
  [[nodiscard]] FromStore<std::optional<StoredPerson>> find(const std::string& room, PersonId person);
  [[nodiscard]] FromStore<std::vector<StoredPerson>> present(const std::string& room);
  [[nodiscard]] FromStore<std::vector<StoredPerson>> removed(const std::string& room);

 private:
  [[nodiscard]] FromStore<std::vector<StoredPerson>> all(SQLite::Statement& statement, const std::string& room);

  Database& database_;
  SQLite::Statement save_, touch_, drop_gone_, find_, present_, removed_;
};

}  // namespace roundelay
