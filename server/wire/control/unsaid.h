// `unsaid`: a line of the chat was taken away (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Unsaid {
  static constexpr const char* kType = "unsaid";
  std::string line;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"line", line}}; }
  [[nodiscard]] static Read<Unsaid> read(const nlohmann::json& in) {
    const auto line = text_field(in, "line");
    if (!line.given()) return wrong("line must be the id of a line.");
    return Unsaid{line.value};
  }
};

}  // namespace roundelay::control
