// `name`, from a client: what she is called from now on (PROTOCOL.md 3.1).
#pragma once

#include "server/base/text.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Rename {
  static constexpr const char* kType = "name";
  std::string name;  // as others see it: composed, without what is invisible

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"name", name}}; }
  [[nodiscard]] static Asked<Rename> read(const nlohmann::json& in) {
    const auto name = text_field(in, "name");
    if (!name.given()) return refuse("bad_name", phrase("name_must_be_text"));
    auto checked = checked_name(name.value);
    if (!checked) return refuse("bad_name", checked.error());
    return Rename{*std::move(checked)};
  }
};

}  // namespace roundelay::control
