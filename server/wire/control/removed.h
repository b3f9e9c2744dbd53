// `removed`, to organisers: who was removed from the room and may not come again (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct RemovedPerson {
  std::string id;
  std::string name;

  [[nodiscard]] nlohmann::json to_json() const { return {{"id", id}, {"name", name}}; }
  [[nodiscard]] static Read<RemovedPerson> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto name = text_field(in, "name");
    if (!id.given() || !name.given()) return wrong("Who was removed must have an id and a name.");
    return RemovedPerson{id.value, name.value};
  }
};

struct Removed {
  static constexpr const char* kType = "removed";
  std::vector<RemovedPerson> people;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"people", list_json(people)}}; }
  [[nodiscard]] static Read<Removed> read(const nlohmann::json& in) {
    auto people = read_list<RemovedPerson>(in, "people");
    if (!people) return wrong(std::move(people.error()));
    return Removed{*std::move(people)};
  }
};

}  // namespace roundelay::control
