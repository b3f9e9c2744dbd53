// `delete_track`, from a client (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct DeleteTrack {
  static constexpr const char* kType = "delete_track";
  std::string track;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"track", track}}; }
  [[nodiscard]] static Asked<DeleteTrack> read(const nlohmann::json& in) {
    const auto id = text_field(in, "track");
    if (!id.given()) return refuse("bad_message", "track must be the id of a track.");
    return DeleteTrack{id.value};
  }
};

}  // namespace roundelay::control
