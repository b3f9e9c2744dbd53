// `notice`: a sentence for everyone (PROTOCOL.md 3.2).
#pragma once

#include "server/base/sentences.h"
#include "server/wire/control/message.h"

namespace roundelay::control {

struct Notice {
  static constexpr const char* kType = "notice";
  Sentence said;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"message", said.text}};
    put_sentence(said.code, said.values, out);
    return out;
  }
  [[nodiscard]] static Read<Notice> read(const nlohmann::json& in) {
    const auto message = text_field(in, "message");
    if (!message.given()) return wrong("A notice's message must be text.");
    return Notice{{text_field(in, "sentence").value, part(in, "values"), message.value}};
  }
};

}  // namespace roundelay::control
