// `remove_person`, from a client: this person has to go, and stays away (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/whom.h"

namespace roundelay::control {

struct RemovePerson {
  static constexpr const char* kType = "remove_person";
  uint64_t person = 0;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"person", id_text(person)}}; }
  [[nodiscard]] static Asked<RemovePerson> read(const nlohmann::json& in) {
    const auto person = whom(in);
    if (!person) return tl::unexpected(person.error());
    return RemovePerson{*person};
  }
};

}  // namespace roundelay::control
