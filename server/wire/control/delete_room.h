// `delete_room`, from a client: the room ends, with all that it holds (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct DeleteRoom {
  static constexpr const char* kType = "delete_room";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<DeleteRoom> read(const nlohmann::json&) { return DeleteRoom{}; }
};

}  // namespace roundelay::control
