// `program_token`, from a client: another program may keep the room, by a token of its own (PROTOCOL.md 3.1). The token is in the
// answer, and nowhere else.
#pragma once

#include "server/base/text.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct ProgramToken {
  static constexpr const char* kType = "program_token";
  std::string name;  // of the program, as people see it

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"name", name}}; }
  [[nodiscard]] static Asked<ProgramToken> read(const nlohmann::json& in) {
    const auto name = text_field(in, "name");
    if (!name.given()) return refuse("bad_name", phrase("name_must_be_text"));
    auto checked = checked_name(name.value);
    if (!checked) return refuse("bad_name", checked.error());
    return ProgramToken{*std::move(checked)};
  }
};

// What its `done` says more.
struct ProgramTokenDone {
  std::string program;  // its id
  std::string token;

  [[nodiscard]] nlohmann::json to_json() const { return {{"program", program}, {"token", token}}; }
};

}  // namespace roundelay::control
