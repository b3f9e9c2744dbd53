// `lower_hands`, from a client: all hands that are up, or one person's, go down (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/whom.h"

namespace roundelay::control {

struct LowerHands {
  static constexpr const char* kType = "lower_hands";
  std::optional<uint64_t> person = {};  // none: everybody's

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}};
    if (person) out["person"] = id_text(*person);
    return out;
  }
  [[nodiscard]] static Asked<LowerHands> read(const nlohmann::json& in) {
    if (find_field(in, "person") == nullptr) return LowerHands{};
    const auto person = whom(in);
    if (!person) return tl::unexpected(person.error());
    return LowerHands{*person};
  }
};

}  // namespace roundelay::control
