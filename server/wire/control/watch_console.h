// `console`, from a client: she has the console open, or closes it (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct WatchConsole {
  static constexpr const char* kType = "console";
  bool open = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"open", open}}; }
  [[nodiscard]] static Asked<WatchConsole> read(const nlohmann::json& in) {
    const auto open = bool_field(in, "open");
    if (!open.given()) return refuse("bad_message", "open must be true or false.");
    return WatchConsole{open.value};
  }
};

}  // namespace roundelay::control
