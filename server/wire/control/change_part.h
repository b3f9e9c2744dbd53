// `part`, from a client: which part she sings (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/part.h"

namespace roundelay::control {

struct ChangePart {
  static constexpr const char* kType = "part";
  std::string part;  // empty: none

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"part", part}}; }
  [[nodiscard]] static Asked<ChangePart> read(const nlohmann::json& in) {
    const auto part = text_field(in, "part");
    if (!part.given()) return refuse("bad_part", "part must be the name of a part, or empty for none.");
    if (part.value.empty()) return ChangePart{};
    auto checked = checked_part(part.value);
    if (!checked) return tl::unexpected(checked.error());
    return ChangePart{*std::move(checked)};
  }
};

}  // namespace roundelay::control
