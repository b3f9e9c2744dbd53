// Who asks for something of a room by a token: somebody who is in it, or another program that keeps it. On the conductor's loop
// only.
#pragma once

#include <optional>
#include <string>

#include "server/base/tokens.h"
#include "server/conductor/rooms.h"
#include "server/room/program_person.h"

namespace roundelay {

struct Insider {
  OpenRoom* open = nullptr;      // good until the room is given up
  std::optional<Person> person;  // none: the token is none of this room's, she is not there, or nobody uses the room
};

[[nodiscard]] inline Insider insider(Rooms& rooms, const Tokens& tokens, const std::string& room, const std::string& token) {
  OpenRoom* open = rooms.find(room);
  if (open == nullptr) return {};
  if (const auto opened = tokens.open(token)) {
    const Person* person = opened->room == room ? open->room.find(opened->person) : nullptr;
    if (person != nullptr) return {open, *person};
  } else if (const Program* program = open->room.rules().program_of(token)) {
    return {open, person_of(*program)};
  }
  return {};
}

}  // namespace roundelay
