// `expel`, from the conductor: this websocket is closed, after what was sent before has gone out.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Expel {
  static constexpr const char* kOp = "expel";
  uint64_t session = 0;
  uint16_t code = 0;  // of WebSocket, 1000 to 4999
  std::string reason;

  [[nodiscard]] nlohmann::json to_json() const { return {{"op", kOp}, {"session", session}, {"code", code}, {"reason", reason}}; }
  [[nodiscard]] static std::optional<Expel> read(const nlohmann::json& in) {
    const auto session = natural_field(in, "session");
    const auto code = integer_field(in, "code", 1000, 4999);
    if (!session || !code.given()) return std::nullopt;
    return Expel{*session, static_cast<uint16_t>(code.value), text_field(in, "reason").value};
  }
};

}  // namespace roundelay::link
