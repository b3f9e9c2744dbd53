// `words`, from a client: the words of the next song, or of the one that lasts (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct ChooseWords {
  static constexpr const char* kType = "words";
  std::optional<std::string> words;  // a sheet's id; none: without

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"words", text_or_null(words)}}; }
  [[nodiscard]] static Asked<ChooseWords> read(const nlohmann::json& in) {
    const auto id = text_field(in, "words");
    if (!id.valid || !in.contains("words")) return refuse("bad_message", "words must be the id of words, or null for none.");
    return ChooseWords{id.present ? std::optional(id.value) : std::nullopt};
  }
};

}  // namespace roundelay::control
