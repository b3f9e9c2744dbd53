// `loudspeaker`, from a client: her microphone hears her loudspeaker, or does not any more (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct OpenLoudspeaker {
  static constexpr const char* kType = "loudspeaker";
  bool open = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"open", open}}; }
  [[nodiscard]] static Asked<OpenLoudspeaker> read(const nlohmann::json& in) {
    const auto open = bool_field(in, "open");
    if (!open.given()) return refuse("bad_message", "open must be true or false.");
    return OpenLoudspeaker{open.value};
  }
};

}  // namespace roundelay::control
