// What was said in the rooms, in the database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/room/chat.h"
#include "server/store/database.h"

namespace roundelay {

class ChatRows {
 public:
  explicit ChatRows(Database& database);

  // SQLite's result.
  [[nodiscard]] int save(const std::string& room, const ChatLine& line);
  [[nodiscard]] int remove(const std::string& room, uint64_t id);
  // Of rooms that were last used before `before`, Unix seconds.
  [[nodiscard]] int forget(int64_t before);
  // The oldest first.
  [[nodiscard]] FromStore<std::vector<ChatLine>> of_room(const std::string& room);

 private:
  Database& database_;
  SQLite::Statement save_, remove_, forget_, of_room_;
};

}  // namespace roundelay
