// `start`, from a client: the song begins (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Start {
  static constexpr const char* kType = "start";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<Start> read(const nlohmann::json&) { return Start{}; }
};

// What `done` says more of it.
struct StartDone {
  uint32_t number = 0;  // of the song
  int64_t start = 0;    // position; the earliest one if it waits
  bool waits = false;   // for the song before to be over everywhere

  [[nodiscard]] nlohmann::json to_json() const { return {{"number", number}, {"start", start}, {"waits", waits}}; }
};

}  // namespace roundelay::control
