// `lead`, from a client: to become the leader (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Lead {
  static constexpr const char* kType = "lead";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<Lead> read(const nlohmann::json&) { return Lead{}; }
};

// What `done` says more of it and of `give_lead`: who leads now.
struct LeadDone {
  std::optional<std::string> leader;  // a person's id

  [[nodiscard]] nlohmann::json to_json() const { return {{"leader", text_or_null(leader)}}; }
};

}  // namespace roundelay::control
