// Recorded songs in the database; their files are the conductor's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/store/database.h"
#include "server/store/query.h"
#include "server/wire/control/recordings.h"

namespace roundelay {

struct StoredRecording {
  std::string room;
  uint32_t song = 0;              // its number in the room
  int tries = 0;                  // of making its files
  control::Recording shown = {};  // its percent is not stored
};

class RecordingRows {
 public:
  explicit RecordingRows(Database& database);

  // SQLite's result.
  [[nodiscard]] int save(const StoredRecording& recording);
  [[nodiscard]] int remove(const std::string& id);
  [[nodiscard]] FromStore<std::optional<StoredRecording>> find(const std::string& id);
  [[nodiscard]] FromStore<std::vector<StoredRecording>> of_room(const std::string& room);  // the oldest first
  [[nodiscard]] FromStore<std::vector<StoredRecording>> unfinished();                      // neither ready nor failed
  [[nodiscard]] FromStore<std::vector<StoredRecording>> failed();
  // Those of all rooms that began before, a Unix time in seconds.
  [[nodiscard]] FromStore<std::vector<StoredRecording>> before(int64_t began);

 private:
  [[nodiscard]] FromStore<std::vector<StoredRecording>> all(Query& query);

  Database& database_;
  SQLite::Statement save_, remove_, find_, of_room_, unfinished_, failed_, before_;
};

}  // namespace roundelay
