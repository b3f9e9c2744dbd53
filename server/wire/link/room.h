// `room`, from the conductor: all sessions of this room are told this control message.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Room {
  static constexpr const char* kOp = "room";
  int row = 0;              // in shared memory
  uint32_t generation = 0;  // of this use of the row
  nlohmann::json message;

  [[nodiscard]] nlohmann::json to_json() && {
    return {{"op", kOp}, {"row", row}, {"generation", generation}, {"msg", std::move(message)}};
  }
  [[nodiscard]] static std::optional<Room> read(nlohmann::json in) {
    const auto row = natural_field(in, "row", INT32_MAX);
    const auto generation = natural_field(in, "generation", UINT32_MAX);
    nlohmann::json message = take_field(in, "msg");
    if (!row || !generation || !message.is_object()) return std::nullopt;
    return Room{static_cast<int>(*row), static_cast<uint32_t>(*generation), std::move(message)};
  }
};

}  // namespace roundelay::link
