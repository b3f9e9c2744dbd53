// `away`, from a client: nobody has touched it for a long time, or somebody is there again (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Away {
  static constexpr const char* kType = "away";
  bool away = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"away", away}}; }
  [[nodiscard]] static Asked<Away> read(const nlohmann::json& in) {
    const auto away = bool_field(in, "away");
    if (!away.given()) return refuse("bad_message", "away must be true or false.");
    return Away{away.value};
  }
};

}  // namespace roundelay::control
