// A backing track as clients see it (PROTOCOL.md 3.2).
#pragma once

#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "server/wire/control/fields.h"

namespace roundelay::control {

struct Track {
  std::string id;
  std::string name;
  double seconds = 0;
  int channels = 1;
};

[[nodiscard]] inline nlohmann::json to_json(const Track& track) {
  return {{"id", track.id}, {"name", track.name}, {"seconds", track.seconds}, {"channels", track.channels}};
}

// The error is a sentence.
[[nodiscard]] inline tl::expected<Track, std::string> read_track(const nlohmann::json& in) {
  const auto id = text_field(in, "id");
  const auto name = text_field(in, "name");
  const auto seconds = number_field(in, "seconds", 0, 1e9);
  const auto channels = integer_field(in, "channels", 1, 2);
  if (!id.present || !id.valid) return tl::unexpected(std::string("A track's id must be text."));
  if (!name.present || !name.valid) return tl::unexpected(std::string("A track's name must be text."));
  if (!seconds.present || !seconds.valid) return tl::unexpected(std::string("A track's seconds must be a number."));
  if (!channels.present || !channels.valid) return tl::unexpected(std::string("A track's channels must be 1 or 2."));
  return Track{id.value, name.value, seconds.value, static_cast<int>(channels.value)};
}

}  // namespace roundelay::control
