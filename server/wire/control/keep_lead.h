// `keep_lead`, from a client: the leader's no to who would like to lead (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct KeepLead {
  static constexpr const char* kType = "keep_lead";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<KeepLead> read(const nlohmann::json&) { return KeepLead{}; }
};

}  // namespace roundelay::control
