// `score_progress`: an upload is being made a score, or has ended without becoming one (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/track_progress.h"

namespace roundelay::control {

// The same fields as of a track.
struct ScoreProgress {
  static constexpr const char* kType = "score_progress";
  TrackProgress of;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = of.to_json();
    out["type"] = kType;
    return out;
  }
  [[nodiscard]] static Read<ScoreProgress> read(const nlohmann::json& in) {
    auto of = TrackProgress::read(in);
    if (!of) return wrong(std::move(of.error()));
    return ScoreProgress{*std::move(of)};
  }
};

}  // namespace roundelay::control
