// `solo`, from a client: a singer is heard in the solo mix, or is not any more (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/whom.h"

namespace roundelay::control {

struct Solo {
  static constexpr const char* kType = "solo";
  uint64_t person = 0;
  bool on = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"person", id_text(person)}, {"on", on}}; }
  [[nodiscard]] static Asked<Solo> read(const nlohmann::json& in) {
    const auto person = whom(in);
    if (!person) return tl::unexpected(person.error());
    const auto on = bool_field(in, "on");
    if (!on.given()) return refuse("bad_message", "on must be true or false.");
    return Solo{*person, on.value};
  }
};

}  // namespace roundelay::control
