// `delete_score`, from a client: a score is removed from the room (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct DeleteScore {
  static constexpr const char* kType = "delete_score";
  std::string score;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"score", score}}; }
  [[nodiscard]] static Asked<DeleteScore> read(const nlohmann::json& in) {
    const auto score = text_field(in, "score");
    if (!score.given()) return refuse("bad_message", "score must be the id of a score.");
    return DeleteScore{score.value};
  }
};

}  // namespace roundelay::control
