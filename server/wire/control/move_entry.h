// `move_entry`, from a client: a song of the programme gets another place (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct MoveEntry {
  static constexpr const char* kType = "move_entry";
  std::string entry;                       // its id
  std::optional<std::string> before = {};  // the id of the one that follows it then; none: it is the last

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"entry", entry}, {"before", text_or_null(before)}}; }
  [[nodiscard]] static Asked<MoveEntry> read(const nlohmann::json& in) {
    const auto entry = text_field(in, "entry");
    const auto before = text_field(in, "before");
    if (!entry.given()) return refuse("bad_message", "entry must be the id of a song of the programme.");
    if (!before.valid || !in.contains("before"))
      return refuse("bad_message", "before must be the id of a song of the programme, or null for the end.");
    return MoveEntry{entry.value, before.present ? std::optional(before.value) : std::nullopt};
  }
};

}  // namespace roundelay::control
