// A backing track as clients see it (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/credits.h"

namespace roundelay::control {

// What a loudness can be, in LUFS: from the gate of R 128, below which is silence, to more than any sound file holds.
inline constexpr double kLeastLoudness = -70;
inline constexpr double kMostLoudness = 30;

struct Track {
  std::string id;
  std::string name;
  double seconds = 0;
  int channels = 1;
  std::optional<double> loudness;  // LUFS, integrated; nothing of silence, and of what was never measured
  Credits credits = {};            // sent where something is known
  int64_t library_song = 0;        // its id in this server's library; 0, and not sent: it is none of it

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"id", id},
                          {"name", name},
                          {"seconds", seconds},
                          {"channels", channels},
                          {"loudness", loudness ? nlohmann::json(*loudness) : nlohmann::json(nullptr)}};
    if (!credits.empty()) out["credits"] = credits.to_json();
    if (library_song != 0) out["library_song"] = library_song;
    return out;
  }

  [[nodiscard]] static Read<Track> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto name = text_field(in, "name");
    const auto seconds = number_field(in, "seconds", 0, 1e9);
    const auto channels = integer_field(in, "channels", 1, 2);
    const auto loudness = number_field(in, "loudness", kLeastLoudness, kMostLoudness);
    if (!id.given()) return wrong("A track's id must be text.");
    if (!name.given()) return wrong("A track's name must be text.");
    if (!seconds.given()) return wrong("A track's seconds must be a number.");
    if (!channels.given()) return wrong("A track's channels must be 1 or 2.");
    if (!loudness.valid) return wrong("A track's loudness must be a number or null.");
    const auto library_song = integer_field(in, "library_song", 1, kMaxNumber);
    return Track{id.value,
                 name.value,
                 seconds.value,
                 static_cast<int>(channels.value),
                 loudness.present ? std::optional(loudness.value) : std::nullopt,
                 Credits::read(part(in, "credits")),
                 library_song.present ? library_song.value : 0};
  }
};

}  // namespace roundelay::control
