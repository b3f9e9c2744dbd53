// `readmit`, from a client: who was removed may come again (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/whom.h"

namespace roundelay::control {

struct Readmit {
  static constexpr const char* kType = "readmit";
  uint64_t person = 0;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"person", id_text(person)}}; }
  [[nodiscard]] static Asked<Readmit> read(const nlohmann::json& in) {
    const auto person = whom(in);
    if (!person) return tl::unexpected(person.error());
    return Readmit{*person};
  }
};

}  // namespace roundelay::control
