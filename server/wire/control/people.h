// `people`: several people came, changed or left at once (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/person.h"

namespace roundelay::control {

struct People {
  static constexpr const char* kType = "people";
  static constexpr size_t kMost = 100;  // people in one message, those who left among them: more come in several
  std::vector<Person> people;
  std::optional<std::vector<std::string>> gone;  // their ids

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"people", list_json(people)}};
    if (gone) out["gone"] = *gone;
    return out;
  }

  [[nodiscard]] static Read<People> read(const nlohmann::json& in) {
    auto people = read_list<Person>(in, "people");
    if (!people) return wrong(std::move(people.error()));
    People out{*std::move(people), {}};
    const nlohmann::json& gone = part(in, "gone");
    if (gone.is_null()) return out;
    if (!gone.is_array()) return wrong("gone must be a list.");
    out.gone.emplace();
    for (const nlohmann::json& id : gone) {
      if (!id.is_string()) return wrong("gone must hold the ids of people.");
      out.gone->push_back(id.get<std::string>());
    }
    return out;
  }
};

}  // namespace roundelay::control
