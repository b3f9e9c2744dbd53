// `hear_part`, from a client: she wants the voices of her part in packets of their own beside the mix, or no more
// (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct HearPart {
  static constexpr const char* kType = "hear_part";
  bool on = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"on", on}}; }
  [[nodiscard]] static Asked<HearPart> read(const nlohmann::json& in) {
    const auto on = bool_field(in, "on");
    if (!on.given()) return refuse("bad_message", "on must be true or false.");
    return HearPart{on.value};
  }
};

}  // namespace roundelay::control
