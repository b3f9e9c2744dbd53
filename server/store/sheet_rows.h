// The words of the rooms' songs in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/room/sheet.h"
#include "server/store/database.h"

namespace roundelay {

class SheetRows {
 public:
  explicit SheetRows(Database& database);

  // SQLite's result. Times are Unix seconds. Add and replace: with its text.
  [[nodiscard]] int add(const std::string& room, const Sheet& sheet, const std::string& text, int64_t now);
  [[nodiscard]] int replace(const std::string& room, const Sheet& sheet, const std::string& text);
  // All but its text and format.
  [[nodiscard]] int save(const std::string& room, const Sheet& sheet);
  [[nodiscard]] int remove(const std::string& room, const std::string& id);
  // In the order of their coming.
  [[nodiscard]] FromStore<std::vector<Sheet>> of_room(const std::string& room);
  [[nodiscard]] FromStore<std::optional<std::string>> text(const std::string& room, const std::string& id);

 private:
  Database& database_;
  SQLite::Statement add_, replace_, save_, remove_, of_room_, text_;
};

}  // namespace roundelay
