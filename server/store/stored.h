// What the database holds of a room and of a person.
#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "server/room/chat.h"
#include "server/room/person.h"
#include "server/wire/control/credits.h"
#include "server/wire/control/mark.h"

namespace roundelay {

struct StoredRoom {
  std::string id;
  std::string name;
  std::string key_hash;
  nlohmann::json settings;  // settings.h, "track": the chosen one's id, "plan", "programme", "song": the last one's number,
                            // "leader", "rules" (rules.h)
  bool listed = false;      // on the server's first page
};

struct StoredPerson {
  Person person;          // never connected
  bool present = false;   // has a place in the room, as far as was known
  int64_t last_seen = 0;  // Unix time, seconds
};

// Of a song that lasts, or lasted when the conductor ended.
struct StoredMark {
  uint32_t song = 0;  // its number
  size_t place = 0;   // in the order of their coming
  control::Mark mark;
};

// A song that was sung to a backing, as that was then.
struct SungSong {
  uint32_t song = 0;  // its number in the room
  int64_t at_ms = 0;  // Unix time, when it was begun
  std::string title;
  control::Credits credits = {};
  int64_t library_song = 0;  // its id in the library; 0: it is none of it
};

}  // namespace roundelay
