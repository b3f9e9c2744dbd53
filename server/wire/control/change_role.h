// `role`, from a client: she becomes a singer or a listener (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"
#include "server/wire/control/role.h"

namespace roundelay::control {

struct ChangeRole {
  static constexpr const char* kType = "role";
  Role role = Role::kSinger;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"role", role_text(role)}}; }
  [[nodiscard]] static Asked<ChangeRole> read(const nlohmann::json& in) {
    const auto role = role_from(text_field(in, "role").value);
    if (!role) return refuse("bad_message", "role must be singer or listener.");
    return ChangeRole{*role};
  }
};

}  // namespace roundelay::control
