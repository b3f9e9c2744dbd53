// `remove_entry`, from a client: a song leaves the programme (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct RemoveEntry {
  static constexpr const char* kType = "remove_entry";
  std::string entry;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"entry", entry}}; }
  [[nodiscard]] static Asked<RemoveEntry> read(const nlohmann::json& in) {
    const auto entry = text_field(in, "entry");
    if (!entry.given()) return refuse("bad_message", "entry must be the id of a song of the programme.");
    return RemoveEntry{entry.value};
  }
};

}  // namespace roundelay::control
