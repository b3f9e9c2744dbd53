// `delete_recording`, from a client: a recording with all its files (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct DeleteRecording {
  static constexpr const char* kType = "delete_recording";
  std::string recording;  // its id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"recording", recording}}; }
  [[nodiscard]] static Asked<DeleteRecording> read(const nlohmann::json& in) {
    const auto recording = text_field(in, "recording");
    if (!recording.given()) return refuse("bad_message", "recording must be a recording's id.");
    return DeleteRecording{recording.value};
  }
};

}  // namespace roundelay::control
