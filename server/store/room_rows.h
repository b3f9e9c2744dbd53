// The rooms in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/store/database.h"
#include "server/store/stored.h"

namespace roundelay {

class RoomRows {
 public:
  explicit RoomRows(Database& database);

  // SQLite's result. Times are Unix seconds.
  [[nodiscard]] int add(const StoredRoom& room, int64_t now);
  [[nodiscard]] int save_settings(const std::string& id, const nlohmann::json& settings, int64_t now);
  [[nodiscard]] FromStore<std::optional<StoredRoom>> find(const std::string& id);

 private:
  Database& database_;
  SQLite::Statement add_, save_settings_, find_;
};

}  // namespace roundelay
