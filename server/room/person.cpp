#include "server/room/person.h"

#include "server/base/text.h"
#include "server/wire/control/person.h"

namespace roundelay {

control::Person as_shown(const Person& person, bool leader) {
  return {.id = id_text(person.id),
          .name = person.name,
          .bucket = person.bucket,
          .role = person.role,
          .muted = person.muted,
          .leader = leader,
          .connected = person.connected(),
          .robot = person.robot,
          .part = person.part,
          .organiser = person.organiser,
          .engineer = person.engineer,
          .may_lead = person.may_lead,
          .held = person.held,
          .hand = person.hand_ms,
          .away = person.away,
          .left_out = person.left_out};
}

}  // namespace roundelay
