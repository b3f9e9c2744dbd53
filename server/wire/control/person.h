// A person as clients see her (PROTOCOL.md 3.2).
#pragma once

#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "mixer/room_state.h"
#include "server/wire/control/fields.h"
#include "server/wire/control/role.h"

namespace roundelay::control {

struct Person {
  std::string id;
  std::string name;
  int bucket = 1;  // from 1
  Role role = Role::kSinger;
  bool muted = false;
  bool leader = false;
  bool connected = false;
  bool robot = false;
};

[[nodiscard]] inline nlohmann::json to_json(const Person& person) {
  return {{"id", person.id},       {"name", person.name},     {"bucket", person.bucket},       {"role", role_text(person.role)},
          {"muted", person.muted}, {"leader", person.leader}, {"connected", person.connected}, {"robot", person.robot}};
}

// The error is a sentence.
[[nodiscard]] inline tl::expected<Person, std::string> read_person(const nlohmann::json& in) {
  const auto id = text_field(in, "id");
  const auto name = text_field(in, "name");
  const auto bucket = integer_field(in, "bucket", 1, kMaxBuckets);
  const auto role = role_from(text_field(in, "role").value);
  if (!id.present || !id.valid) return tl::unexpected(std::string("A person's id must be text."));
  if (!name.present || !name.valid) return tl::unexpected(std::string("A person's name must be text."));
  if (!bucket.present || !bucket.valid)
    return tl::unexpected(std::string("A person's bucket must be a whole number from 1 to 8."));
  if (!role) return tl::unexpected(std::string("A person's role must be \"singer\" or \"listener\"."));
  Person person{.id = id.value, .name = name.value, .bucket = static_cast<int>(bucket.value), .role = *role};
  for (const auto& [key, value] : {std::pair{"muted", &person.muted}, std::pair{"leader", &person.leader},
                                   std::pair{"connected", &person.connected}, std::pair{"robot", &person.robot}}) {
    const auto flag = bool_field(in, key);
    if (!flag.present || !flag.valid)
      return tl::unexpected(std::string("A person's muted, leader, connected and robot must be true or false."));
    *value = flag.value;
  }
  return person;
}

}  // namespace roundelay::control
