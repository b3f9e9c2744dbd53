// `give_lead`, from a client: the lead goes to a singer, to who asked for it, or to nobody (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct GiveLead {
  static constexpr const char* kType = "give_lead";
  std::optional<std::string> to;  // a singer's id

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}};
    if (to) out["to"] = *to;
    return out;
  }
  [[nodiscard]] static Asked<GiveLead> read(const nlohmann::json& in) {
    const auto to = text_field(in, "to");
    if (!to.valid) return refuse("bad_message", "to must be the id of a singer.");
    return GiveLead{to.present ? std::optional(to.value) : std::nullopt};
  }
};

}  // namespace roundelay::control
