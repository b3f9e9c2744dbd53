// `lead_asked`: somebody would like to lead and waits for the leader's answer, or no longer (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct LeadAsked {
  static constexpr const char* kType = "lead_asked";
  std::optional<std::string> by;  // a person's id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"by", text_or_null(by)}}; }
  [[nodiscard]] static Read<LeadAsked> read(const nlohmann::json& in) {
    auto by = read_text_or_null(in, "by");
    if (!by) return wrong(std::move(by.error()));
    return LeadAsked{*std::move(by)};
  }
};

}  // namespace roundelay::control
