// Who asks for something of a room by her token, and is in it. On the conductor's loop only.
#pragma once

#include <string>

#include "server/base/tokens.h"
#include "server/conductor/rooms.h"

namespace roundelay {

// Good until the room changes.
struct Insider {
  OpenRoom* open = nullptr;
  const Person* person = nullptr;  // null: the token is none of this room's, or she is not there
};

[[nodiscard]] inline Insider insider(Rooms& rooms, const Tokens& tokens, const std::string& room, const std::string& token) {
  const auto opened = tokens.open(token);
  OpenRoom* open = rooms.find(room);
  if (!opened || opened->room != room || open == nullptr) return {};
  return {open, open->room.find(opened->person)};
}

}  // namespace roundelay
