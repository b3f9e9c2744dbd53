// `mute`, from a client: her voice is not used, or is again (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Mute {
  static constexpr const char* kType = "mute";
  bool muted = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"muted", muted}}; }
  [[nodiscard]] static Asked<Mute> read(const nlohmann::json& in) {
    const auto muted = bool_field(in, "muted");
    if (!muted.given()) return refuse("bad_message", "muted must be true or false.");
    return Mute{muted.value};
  }
};

}  // namespace roundelay::control
