#include "server/room/person.h"

#include <nlohmann/json.hpp>

#include "server/base/text.h"
#include "server/wire/control/person.h"

namespace roundelay {

nlohmann::json person_json(const Person& person, bool leader) {
  return control::to_json(control::Person{.id = id_text(person.id),
                                          .name = person.name,
                                          .bucket = person.bucket,
                                          .role = person.role,
                                          .muted = person.muted,
                                          .leader = leader,
                                          .connected = person.connected(),
                                          .robot = person.robot});
}

}  // namespace roundelay
