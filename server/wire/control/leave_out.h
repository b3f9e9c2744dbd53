// `leave_out`, from a client: no track of herself is to be kept in recordings, or is again (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct LeaveOut {
  static constexpr const char* kType = "leave_out";
  bool out = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"out", out}}; }
  [[nodiscard]] static Asked<LeaveOut> read(const nlohmann::json& in) {
    const auto out = bool_field(in, "out");
    if (!out.given()) return refuse("bad_message", "out must be true or false.");
    return LeaveOut{out.value};
  }
};

}  // namespace roundelay::control
