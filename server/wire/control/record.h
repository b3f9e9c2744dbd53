// `record`, from a client: whether the next song, or this one, is recorded (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Record {
  static constexpr const char* kType = "record";
  bool on = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"on", on}}; }
  [[nodiscard]] static Asked<Record> read(const nlohmann::json& in) {
    const auto on = bool_field(in, "on");
    if (!on.given()) return refuse("bad_message", "on must be true or false.");
    return Record{on.value};
  }
};

}  // namespace roundelay::control
