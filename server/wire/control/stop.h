// `stop`, from a client: the song ends (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Stop {
  static constexpr const char* kType = "stop";
  bool now = false;  // at once, also where its end was still to be heard

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}};
    if (now) out["now"] = true;
    return out;
  }
  [[nodiscard]] static Asked<Stop> read(const nlohmann::json& in) {
    const auto now = bool_field(in, "now");
    if (!now.valid) return refuse("bad_message", "now must be true or false.");
    return Stop{now.value};
  }
};

}  // namespace roundelay::control
