// What outlives the server: rooms, people, tracks, in SQLite (write-ahead log, synced at every commit, so that it survives kill
// -9 and a loss of power). Used by the conductor's loop only.
//
// Writes open a transaction by themselves; flush() commits it. So a turn of the loop costs one sync, and what it answers is sent
// after that.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/conductor/person.h"
#include "server/conductor/song.h"

struct sqlite3;
struct sqlite3_stmt;

namespace roundelay {

struct StoredRoom {
  std::string id;
  std::string name;
  std::string key_hash;
  nlohmann::json settings;  // room_settings.h, "track": the chosen one's id, "song": the last one's number, "leader"
};

struct StoredPerson {
  Person person;          // never connected
  bool present = false;   // has a place in the room, as far as was known
  int64_t last_seen = 0;  // Unix time, seconds
};

class Store {
 public:
  // Opens or makes the database and brings it to this version's schema. Throws std::runtime_error with a sentence, StartFailure
  // where another try would not help: start-up only.
  explicit Store(const std::string& path);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // All return false when the database fails (a full disk, say); error() tells why. Times are Unix seconds.
  [[nodiscard]] bool add_room(const StoredRoom& room, int64_t now);
  [[nodiscard]] bool save_room(const std::string& id, const nlohmann::json& settings, int64_t now);
  [[nodiscard]] std::optional<StoredRoom> room(const std::string& id);

  [[nodiscard]] bool save_person(const std::string& room, const Person& person, bool present, int64_t now);
  // She is still here: a crash now must not make her look long gone.
  [[nodiscard]] bool touch_person(const std::string& room, PersonId person, int64_t now);
  [[nodiscard]] std::optional<StoredPerson> person(const std::string& room, PersonId person);
  [[nodiscard]] std::vector<StoredPerson> present_people(const std::string& room);
  // Drops those without a place who were last seen before `before`.
  [[nodiscard]] bool drop_people(int64_t before);

  [[nodiscard]] bool add_track(const std::string& room, const Track& track, int64_t now);
  [[nodiscard]] bool delete_track(const std::string& room, const std::string& id);
  [[nodiscard]] std::vector<Track> tracks(const std::string& room);  // in the order of their coming
  [[nodiscard]] bool blob_is_used(const std::string& sha256);

  // Commits what was written since the last flush, if anything.
  [[nodiscard]] bool flush();
  [[nodiscard]] std::string error() const;

 private:
  class Statement;
  struct Close {
    void operator()(sqlite3* db) const;
  };
  void execute(const char* sql);
  [[nodiscard]] int64_t schema_version();
  void migrate();
  [[nodiscard]] bool begin();

  std::string path_;
  std::unique_ptr<sqlite3, Close> db_;
  bool in_transaction_ = false;
  std::string commit_error_;
  std::unique_ptr<Statement> add_room_, save_room_, room_, save_person_, touch_person_, person_, present_people_, drop_people_,
      add_track_, delete_track_, tracks_, blob_is_used_;
};

}  // namespace roundelay
