// `track_progress`: an upload is being prepared, or has ended without becoming a track (PROTOCOL.md 3.2).
#pragma once

#include "server/base/sentences.h"
#include "server/wire/control/message.h"

namespace roundelay::control {

struct TrackProgress {
  static constexpr const char* kType = "track_progress";
  std::string name;
  double progress = 0;            // 0 to 1
  std::optional<Sentence> error;  // it has ended, and is no track

  [[nodiscard]] nlohmann::json to_json() const {
    if (!error) return {{"type", kType}, {"name", name}, {"progress", progress}};
    nlohmann::json out = {{"type", kType}, {"name", name}, {"progress", 1}, {"error", error->text}};
    put_sentence(error->code, error->values, out);
    return out;
  }

  [[nodiscard]] static Read<TrackProgress> read(const nlohmann::json& in) {
    const auto name = text_field(in, "name");
    const auto progress = number_field(in, "progress", 0, 1);
    if (!name.given()) return wrong("name must be the name of a track.");
    if (!progress.given()) return wrong("progress must be a number from 0 to 1.");
    auto error = read_text_or_null(in, "error");
    if (!error) return wrong(std::move(error.error()));
    TrackProgress out{name.value, progress.value, {}};
    if (*error) out.error = Sentence{text_field(in, "sentence").value, part(in, "values"), **error};
    return out;
  }
};

}  // namespace roundelay::control
