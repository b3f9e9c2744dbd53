// Another program that keeps a room, as one of those who may do something there: an organiser who has no place in it. Pure.
#pragma once

#include "server/room/person.h"
#include "server/room/rules.h"

namespace roundelay {

[[nodiscard]] inline Person person_of(const Program& program) {
  Person out;
  out.id = program.person();
  out.name = program.name;
  out.role = Role::kListener;
  out.organiser = true;
  out.program = true;
  return out;
}

}  // namespace roundelay
