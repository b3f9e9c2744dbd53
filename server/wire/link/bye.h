// `bye`, the last message of a shard that was asked to end.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Bye {
  static constexpr const char* kOp = "bye";

  [[nodiscard]] static nlohmann::json to_json() { return {{"op", kOp}}; }
  [[nodiscard]] static std::optional<Bye> read(const nlohmann::json&) { return Bye{}; }
};

}  // namespace roundelay::link
