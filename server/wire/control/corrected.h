// `corrected`, from a client: the correction of her sound card has changed; what was measured of her timing counts no more
// (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Corrected {
  static constexpr const char* kType = "corrected";

  [[nodiscard]] static nlohmann::json to_json() { return {{"type", kType}}; }
  [[nodiscard]] static Asked<Corrected> read(const nlohmann::json&) { return Corrected{}; }
};

}  // namespace roundelay::control
