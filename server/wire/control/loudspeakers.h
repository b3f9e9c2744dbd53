// `loudspeakers`, to organisers and engineers: whose microphone hears her loudspeaker (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/rights.h"

namespace roundelay::control {

struct Loudspeakers {
  static constexpr const char* kType = "loudspeakers";
  std::vector<std::string> people;  // their ids

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"people", people}}; }
  [[nodiscard]] static Read<Loudspeakers> read(const nlohmann::json& in) {
    if (find_field(in, "people") == nullptr) return wrong("people must be a list.");
    auto people = read_texts(in, "people");
    if (!people) return wrong(std::move(people.error()));
    return Loudspeakers{*std::move(people)};
  }
};

}  // namespace roundelay::control
