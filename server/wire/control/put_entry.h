// `put_entry`, from a client: a song of the programme, new or in the place of the one of this id (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/programme.h"

namespace roundelay::control {

struct PutEntry {
  static constexpr const char* kType = "put_entry";
  ProgrammeEntry entry;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"entry", entry.to_json()}}; }
  [[nodiscard]] static Asked<PutEntry> read(const nlohmann::json& in) {
    auto entry = ProgrammeEntry::asked(part(in, "entry"));
    if (!entry) return tl::unexpected(std::move(entry.error()));
    return PutEntry{*std::move(entry)};
  }
};

}  // namespace roundelay::control
