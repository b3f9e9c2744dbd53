// `pong`: the answer to `ping` (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Pong {
  static constexpr const char* kType = "pong";
  nlohmann::json id;     // the number of the ping, as it came
  int64_t position = 0;  // now

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"id", id}, {"position", position}}; }
  [[nodiscard]] static Read<Pong> read(const nlohmann::json& in) {
    const auto position = integer_field(in, "position", 0, kMaxNumber);
    if (!part(in, "id").is_number()) return wrong("A pong's id must be a number.");
    if (!position.given()) return wrong("position must be a position.");
    return Pong{part(in, "id"), position.value};
  }
};

}  // namespace roundelay::control
