// `unsay`, from a client: a line of the chat is taken away (PROTOCOL.md 3.1).
#pragma once

#include "server/base/text.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Unsay {
  static constexpr const char* kType = "unsay";
  uint64_t line = 0;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"line", id_text(line)}}; }
  [[nodiscard]] static Asked<Unsay> read(const nlohmann::json& in) {
    const auto line = person_of(text_field(in, "line").value);  // of the same form as people's
    if (!line) return refuse("bad_message", "line must be the id of a line of the chat.");
    return Unsay{*line};
  }
};

}  // namespace roundelay::control
