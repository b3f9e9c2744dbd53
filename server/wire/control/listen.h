// `listen`, from a client: she wants to hear the solo mix, or the room again; and `listening`, to her: what she hears from now on
// (PROTOCOL.md 3).
#pragma once

#include <string_view>

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

inline constexpr std::string_view kToSolo = "solo", kToRoom = "room";

struct Listen {
  static constexpr const char* kType = "listen";
  bool solo = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"to", solo ? kToSolo : kToRoom}}; }
  [[nodiscard]] static Asked<Listen> read(const nlohmann::json& in) {
    const std::string to = text_field(in, "to").value;
    if (to != kToSolo && to != kToRoom) return refuse("bad_message", "to must be \"solo\" or \"room\".");
    return Listen{to == kToSolo};
  }
};

struct Listening {
  static constexpr const char* kType = "listening";
  bool solo = false;
  std::optional<int64_t> offset_blocks;  // of the solo mix; nothing while nobody is soloed

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"to", solo ? kToSolo : kToRoom}, {"offset_blocks", nullptr}};
    if (offset_blocks) out["offset_blocks"] = *offset_blocks;
    return out;
  }
  [[nodiscard]] static Read<Listening> read(const nlohmann::json& in) {
    const std::string to = text_field(in, "to").value;
    if (to != kToSolo && to != kToRoom) return wrong("to must be \"solo\" or \"room\".");
    const auto offset = integer_field(in, "offset_blocks", 0, kMaxNumber);
    if (!offset.valid) return wrong("offset_blocks must be a whole number or null.");
    return Listening{to == kToSolo, offset.present ? std::optional(offset.value) : std::nullopt};
  }
};

}  // namespace roundelay::control
