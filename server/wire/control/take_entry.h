// `take_entry`, from a client: a song of the programme is the next one (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct TakeEntry {
  static constexpr const char* kType = "take_entry";
  std::string entry;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"entry", entry}}; }
  [[nodiscard]] static Asked<TakeEntry> read(const nlohmann::json& in) {
    const auto entry = text_field(in, "entry");
    if (!entry.given()) return refuse("bad_message", "entry must be the id of a song of the programme.");
    return TakeEntry{entry.value};
  }
};

}  // namespace roundelay::control
