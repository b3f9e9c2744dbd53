// `hand`, from a client: she would like to say or ask something, or no longer (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Hand {
  static constexpr const char* kType = "hand";
  bool up = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"up", up}}; }
  [[nodiscard]] static Asked<Hand> read(const nlohmann::json& in) {
    const auto up = bool_field(in, "up");
    if (!up.given()) return refuse("bad_message", "up must be true or false.");
    return Hand{up.value};
  }
};

}  // namespace roundelay::control
