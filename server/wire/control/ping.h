// `ping`, from a client: answered by `pong` at once (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Ping {
  static constexpr const char* kType = "ping";
  nlohmann::json id;  // a number, given back as it came

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"id", id}}; }
  [[nodiscard]] static Asked<Ping> read(const nlohmann::json& in) {
    if (!part(in, "id").is_number()) return refuse("bad_message", "A ping must have a number as its id.");
    return Ping{part(in, "id")};
  }
};

}  // namespace roundelay::control
