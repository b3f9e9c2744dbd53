// `ack`, from the conductor: all numbered messages up to this one were acted on.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Ack {
  static constexpr const char* kOp = "ack";
  uint64_t number = 0;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out{{"op", kOp}};
    set_number(out, number);
    return out;
  }
  [[nodiscard]] static std::optional<Ack> read(const nlohmann::json& in) {
    const auto number = number_of(in);
    return number ? std::optional(Ack{*number}) : std::nullopt;
  }
};

}  // namespace roundelay::link
