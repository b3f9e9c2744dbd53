#include "server/room/person.h"

#include <nlohmann/json.hpp>

#include "server/base/text.h"
#include "server/wire/control/person.h"

namespace roundelay {

std::string_view role_text(Role role) {
  return role == Role::kSinger ? "singer" : "listener";
}

std::optional<Role> role_from(std::string_view text) {
  if (text == "singer") return Role::kSinger;
  if (text == "listener") return Role::kListener;
  return std::nullopt;
}

nlohmann::json person_json(const Person& person, bool leader) {
  return control::to_json(control::Person{.id = id_text(person.id),
                                          .name = person.name,
                                          .bucket = person.bucket,
                                          .role = std::string(role_text(person.role)),
                                          .muted = person.muted,
                                          .leader = leader,
                                          .connected = person.connected(),
                                          .robot = person.robot});
}

}  // namespace roundelay
