// `track`, from a client: the backing track of the next song (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct ChooseTrack {
  static constexpr const char* kType = "track";
  std::optional<std::string> track;  // its id; none: a song without one

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"track", text_or_null(track)}}; }
  [[nodiscard]] static Asked<ChooseTrack> read(const nlohmann::json& in) {
    const auto id = text_field(in, "track");
    if (!id.valid || !in.contains("track")) return refuse("bad_message", "track must be the id of a track, or null for none.");
    return ChooseTrack{id.present ? std::optional(id.value) : std::nullopt};
  }
};

}  // namespace roundelay::control
