// The rooms in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/store/database.h"
#include "server/store/stored.h"

namespace roundelay {

// What a list of rooms shows.
struct RoomLine {
  std::string id;
  std::string name;
  int64_t last_used = 0;  // Unix time, s
};

class RoomRows {
 public:
  explicit RoomRows(Database& database);

  // SQLite's result. Times are Unix seconds.
  [[nodiscard]] int add(const StoredRoom& room, int64_t now);
  // All but its key.
  [[nodiscard]] int save(const StoredRoom& room, int64_t now);
  [[nodiscard]] int save_key(const std::string& id, const std::string& key_hash);
  [[nodiscard]] int touch(const std::string& id, int64_t now);
  [[nodiscard]] int remove(const std::string& id);  // with all that refers to it
  [[nodiscard]] FromStore<std::optional<StoredRoom>> find(const std::string& id);
  [[nodiscard]] FromStore<std::vector<StoredRoom>> listed(int most);                      // by name
  [[nodiscard]] FromStore<std::vector<RoomLine>> after(const std::string& id, int most);  // by id
  [[nodiscard]] FromStore<std::vector<std::string>> unused(int64_t before, int most);     // last used before; the oldest first

 private:
  Database& database_;
  SQLite::Statement add_, save_, save_key_, touch_, remove_, find_, listed_, after_, unused_;
};

}  // namespace roundelay
