// `error`: why a message or its sender was refused (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"
#include "server/wire/control/request_id.h"

namespace roundelay::control {

struct Error {
  static constexpr const char* kType = "error";
  Refusal refusal;
  std::string about;    // the type of the message that was refused; empty: of none
  nlohmann::json id{};  // its number as it came, or null

  // The answer to this message of a client.
  [[nodiscard]] static Error answering(const nlohmann::json& message, Refusal refusal) {
    const Field<int64_t> request = request_id(message);
    return {std::move(refusal), type_of(message).substr(0, kMaxAbout), request.given() ? nlohmann::json(request.value) : nullptr};
  }

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"code", refusal.code}, {"message", refusal.message}};
    put_sentence(refusal.sentence_code, refusal.values, out);
    if (!about.empty()) out["about"] = about;
    if (id.is_number()) out["id"] = id;
    return out;
  }

  [[nodiscard]] static Read<Error> read(const nlohmann::json& in) {
    const auto code = text_field(in, "code");
    const auto message = text_field(in, "message");
    const auto about = text_field(in, "about");
    if (!code.given()) return wrong("An error's code must be text.");
    if (!message.given()) return wrong("An error's message must be text.");
    if (!about.valid) return wrong("about must be the type of a message.");
    return Error{{code.value, message.value, text_field(in, "sentence").value, part(in, "values")}, about.value, part(in, "id")};
  }
};

}  // namespace roundelay::control
