// `tracks`: the room's backing tracks and which is chosen for the next song (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/track.h"

namespace roundelay::control {

struct Tracks {
  static constexpr const char* kType = "tracks";
  std::vector<Track> tracks;
  std::optional<std::string> chosen;  // its id

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"type", kType}, {"tracks", list_json(tracks)}, {"track", text_or_null(chosen)}};
  }

  // Of a `welcome` too, which has the same two fields.
  [[nodiscard]] static Read<Tracks> read(const nlohmann::json& in) {
    auto tracks = read_list<Track>(in, "tracks");
    if (!tracks) return wrong(std::move(tracks.error()));
    auto chosen = read_text_or_null(in, "track");
    if (!chosen) return wrong(std::move(chosen.error()));
    return Tracks{*std::move(tracks), *std::move(chosen)};
  }
};

}  // namespace roundelay::control
