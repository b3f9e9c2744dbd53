// `announce`, from a client: a line of the chat that stands out and stays (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/say.h"

namespace roundelay::control {

struct Announce {
  static constexpr const char* kType = "announce";
  std::string text;  // as of `say`

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"text", text}}; }
  [[nodiscard]] static Asked<Announce> read(const nlohmann::json& in) {
    auto text = read_words(in);
    if (!text) return tl::unexpected(text.error());
    return Announce{*std::move(text)};
  }
};

}  // namespace roundelay::control
