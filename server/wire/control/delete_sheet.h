// `delete_sheet`, from a client: words are removed from the room (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct DeleteSheet {
  static constexpr const char* kType = "delete_sheet";
  std::string sheet;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"sheet", sheet}}; }
  [[nodiscard]] static Asked<DeleteSheet> read(const nlohmann::json& in) {
    const auto sheet = text_field(in, "sheet");
    if (!sheet.given()) return refuse("bad_message", "sheet must be the id of words.");
    return DeleteSheet{sheet.value};
  }
};

}  // namespace roundelay::control
