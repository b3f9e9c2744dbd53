// `mute_person`, from a client: somebody else's voice is not used, or is again (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/whom.h"

namespace roundelay::control {

struct MutePerson {
  static constexpr const char* kType = "mute_person";
  uint64_t person = 0;
  bool muted = false;
  bool may_undo = false;  // she may switch her microphone on again herself

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"person", id_text(person)}, {"muted", muted}};
    if (may_undo) out["may_undo"] = true;
    return out;
  }
  [[nodiscard]] static Asked<MutePerson> read(const nlohmann::json& in) {
    const auto person = whom(in);
    const auto muted = bool_field(in, "muted");
    const auto may_undo = bool_field(in, "may_undo");
    if (!person) return tl::unexpected(person.error());
    if (!muted.given()) return refuse("bad_message", "muted must be true or false.");
    if (!may_undo.valid) return refuse("bad_message", "may_undo must be true or false.");
    return MutePerson{*person, muted.value, may_undo.value};
  }
};

}  // namespace roundelay::control
