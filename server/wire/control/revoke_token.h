// `revoke_token`, from a client: a program's token is good no longer (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct RevokeToken {
  static constexpr const char* kType = "revoke_token";
  std::string program;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"program", program}}; }
  [[nodiscard]] static Asked<RevokeToken> read(const nlohmann::json& in) {
    const auto program = text_field(in, "program");
    if (!program.given()) return refuse("bad_message", "program must be the id of a program.");
    return RevokeToken{program.value};
  }
};

}  // namespace roundelay::control
