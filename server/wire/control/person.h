// A person as clients see her, and `person`: somebody came or changed (PROTOCOL.md 3.2).
#pragma once

#include "mixer/room_state.h"
#include "server/wire/control/message.h"
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

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"id", id},       {"name", name},     {"bucket", bucket},       {"role", role_text(role)},
            {"muted", muted}, {"leader", leader}, {"connected", connected}, {"robot", robot}};
  }

  [[nodiscard]] static Read<Person> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto name = text_field(in, "name");
    const auto bucket = integer_field(in, "bucket", 1, kMaxBuckets);
    const auto role = role_from(text_field(in, "role").value);
    if (!id.given()) return wrong("A person's id must be text.");
    if (!name.given()) return wrong("A person's name must be text.");
    if (!bucket.given()) return wrong("A person's bucket must be a whole number from 1 to 8.");
    if (!role) return wrong("A person's role must be \"singer\" or \"listener\".");
    Person person{.id = id.value, .name = name.value, .bucket = static_cast<int>(bucket.value), .role = *role};
    for (const auto& [key, value] : {std::pair{"muted", &person.muted}, std::pair{"leader", &person.leader},
                                     std::pair{"connected", &person.connected}, std::pair{"robot", &person.robot}}) {
      const auto flag = bool_field(in, key);
      if (!flag.given()) return wrong("A person's muted, leader, connected and robot must be true or false.");
      *value = flag.value;
    }
    return person;
  }
};

struct PersonNews {
  static constexpr const char* kType = "person";
  Person person;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"person", person.to_json()}}; }
  [[nodiscard]] static Read<PersonNews> read(const nlohmann::json& in) {
    auto person = Person::read(part(in, "person"));
    if (!person) return wrong(std::move(person.error()));
    return PersonNews{*std::move(person)};
  }
};

}  // namespace roundelay::control
