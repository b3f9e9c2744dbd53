// `gone`: somebody left (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Gone {
  static constexpr const char* kType = "gone";
  std::string id;  // of a person

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"id", id}}; }
  [[nodiscard]] static Read<Gone> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    if (!id.given()) return wrong("Who is gone must be told by an id.");
    return Gone{id.value};
  }
};

}  // namespace roundelay::control
