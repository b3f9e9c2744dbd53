// A person in a room, as the conductor knows her.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/wire/control/role.h"

namespace roundelay {

namespace control {
struct Person;
}

using PersonId = uint64_t;   // 53 bits, random, never 0
using SessionId = uint64_t;  // one websocket, unique on the server

struct Person {
  PersonId id = 0;
  std::string name;
  Role role = Role::kSinger;
  int bucket = 2;  // from 1
  bool muted = false;
  bool organiser = false;
  bool program = false;   // no person: another program that keeps the room
  bool robot = false;     // an artificial singer, not counted as a human
  std::string part = {};  // the voice part that she sings; empty: none
  bool engineer = false;
  bool may_lead = false;             // appointed, where not every singer may
  bool held = false;                 // muted by somebody else, and may not undo it herself
  bool removed = false;              // by an organiser: she may not come again
  bool loudspeaker = false;          // her microphone hears it, as her client says; not stored
  bool away = false;                 // nobody has touched her client for long, as it says; not stored
  int64_t hand_ms = 0;               // since when her hand is up, Unix time; 0: it is not
  double volume = 1;                 // 0 to 2, set at the console; not shown elsewhere
  bool soloed = false;               // heard in the solo mix; not stored
  bool hears_solo = false;           // listens to the solo mix; not stored
  bool hears_part = false;           // wants to hear her part louder; not stored
  bool watches = false;              // has the console open; not stored
  bool left_out = false;             // of recordings: she is heard, and no track of hers is kept
  bool stored = false;               // the database knows her
  std::optional<SessionId> session;  // none: the connection is lost, the place is kept
  int64_t lost_ns = 0;               // monotonic time of the loss, if there is no session

  [[nodiscard]] bool connected() const { return session.has_value(); }
  // Sees to the room together with others.
  [[nodiscard]] bool has_office() const { return organiser || engineer; }
};

// As clients see her (PROTOCOL.md 3.2).
[[nodiscard]] control::Person as_shown(const Person& person, bool leader);

}  // namespace roundelay
