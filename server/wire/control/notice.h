// `notice`: a sentence for everyone (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Notice {
  static constexpr const char* kType = "notice";
  std::string message;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"message", message}}; }
  [[nodiscard]] static Read<Notice> read(const nlohmann::json& in) {
    const auto message = text_field(in, "message");
    if (!message.given()) return wrong("A notice's message must be text.");
    return Notice{message.value};
  }
};

}  // namespace roundelay::control
