// `leave`, from a client: she gives up her place at once (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Leave {
  static constexpr const char* kType = "leave";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<Leave> read(const nlohmann::json&) { return Leave{}; }
};

}  // namespace roundelay::control
