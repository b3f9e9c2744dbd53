// Whose a song is and what is known of it, as the library or people say (PROTOCOL.md 3.2). A plain value.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Credits {
  static constexpr size_t kMostBytes = 4'000;  // of each text
  static constexpr double kMostTempoBpm = 1'000;

  // Empty, or nothing: it is not known.
  std::string artist = {};
  std::string album = {};
  std::string key = {};      // "C", "F#", "Bbm"
  std::string licence = {};  // SPDX's id, or a sentence
  std::string attribution = {};
  std::string link = {};  // where it comes from
  std::optional<double> tempo_bpm = {};

  bool operator==(const Credits&) const = default;
  [[nodiscard]] bool empty() const { return *this == Credits{}; }

  // Each text with its name in JSON.
  template <typename Of>
  [[nodiscard]] static auto texts(Of& of) {
    return std::array{std::pair{"artist", &of.artist},
                      std::pair{"album", &of.album},
                      std::pair{"key", &of.key},
                      std::pair{"licence", &of.licence},
                      std::pair{"attribution", &of.attribution},
                      std::pair{"link", &of.link}};
  }

  // What is known of it.
  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = nlohmann::json::object();
    for (const auto& [name, text] : texts(*this)) {
      if (!text->empty()) out[name] = *text;
    }
    if (tempo_bpm) out["tempo_bpm"] = *tempo_bpm;
    return out;
  }
  // Any JSON: what makes no sense is left out.
  [[nodiscard]] static Credits read(const nlohmann::json& in) {
    Credits out;
    for (const auto& [name, text] : texts(out)) {
      auto given = text_field(in, name);
      if (given.given() && given.value.size() <= kMostBytes) *text = std::move(given.value);
    }
    if (const auto tempo = number_field(in, "tempo_bpm", 1, kMostTempoBpm); tempo.given()) out.tempo_bpm = tempo.value;
    return out;
  }
};

}  // namespace roundelay::control
