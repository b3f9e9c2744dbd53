// `score`, from a client: the score of the next song, or of the one that lasts (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct ChooseScore {
  static constexpr const char* kType = "score";
  std::optional<std::string> score;  // its id; none: without

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"score", text_or_null(score)}}; }
  [[nodiscard]] static Asked<ChooseScore> read(const nlohmann::json& in) {
    const auto id = text_field(in, "score");
    if (!id.valid || !in.contains("score")) return refuse("bad_message", "score must be the id of a score, or null for none.");
    return ChooseScore{id.present ? std::optional(id.value) : std::nullopt};
  }
};

}  // namespace roundelay::control
