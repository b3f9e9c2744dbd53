// A backing track as clients see it (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Track {
  std::string id;
  std::string name;
  double seconds = 0;
  int channels = 1;

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"id", id}, {"name", name}, {"seconds", seconds}, {"channels", channels}};
  }

  [[nodiscard]] static Read<Track> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto name = text_field(in, "name");
    const auto seconds = number_field(in, "seconds", 0, 1e9);
    const auto channels = integer_field(in, "channels", 1, 2);
    if (!id.given()) return wrong("A track's id must be text.");
    if (!name.given()) return wrong("A track's name must be text.");
    if (!seconds.given()) return wrong("A track's seconds must be a number.");
    if (!channels.given()) return wrong("A track's channels must be 1 or 2.");
    return Track{id.value, name.value, seconds.value, static_cast<int>(channels.value)};
  }
};

}  // namespace roundelay::control
