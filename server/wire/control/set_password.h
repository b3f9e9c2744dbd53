// `password`, from a client: newcomers need it from now on, or need none (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

inline constexpr size_t kMostPasswordBytes = 128;

struct SetPassword {
  static constexpr const char* kType = "password";
  std::optional<std::string> password;  // none: everybody may come in

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"password", text_or_null(password)}}; }
  [[nodiscard]] static Asked<SetPassword> read(const nlohmann::json& in) {
    const auto given = in.find("password");
    if (given != in.end() && given->is_null()) return SetPassword{};
    const auto password = text_field(in, "password");
    if (!password.given() || password.value.empty() || password.value.size() > kMostPasswordBytes)
      return refuse("bad_setting", phrase("password_out_of_range"));
    return SetPassword{password.value};
  }
};

}  // namespace roundelay::control
