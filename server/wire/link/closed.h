// `closed`, from a shard: a websocket is gone.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Closed {
  static constexpr const char* kOp = "closed";
  uint64_t session = 0;

  [[nodiscard]] nlohmann::json to_json() const { return {{"op", kOp}, {"session", session}}; }
  [[nodiscard]] static std::optional<Closed> read(const nlohmann::json& in) {
    const auto session = natural_field(in, "session");
    return session ? std::optional(Closed{*session}) : std::nullopt;
  }
};

}  // namespace roundelay::link
