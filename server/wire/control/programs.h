// `programs`, to organisers: which other programs may keep the room (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Program {
  std::string id;
  std::string name;
  int64_t made = 0;  // Unix time, milliseconds

  [[nodiscard]] nlohmann::json to_json() const { return {{"id", id}, {"name", name}, {"made", made}}; }
  [[nodiscard]] static Read<Program> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto name = text_field(in, "name");
    const auto made = integer_field(in, "made", 0, kMaxNumber);
    if (!id.given() || !name.given()) return wrong("A program must have an id and a name.");
    if (!made.given()) return wrong("made must be milliseconds of Unix time.");
    return Program{id.value, name.value, made.value};
  }
};

struct Programs {
  static constexpr const char* kType = "programs";
  std::vector<Program> programs;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"programs", list_json(programs)}}; }
  [[nodiscard]] static Read<Programs> read(const nlohmann::json& in) {
    auto programs = read_list<Program>(in, "programs");
    if (!programs) return wrong(std::move(programs.error()));
    return Programs{*std::move(programs)};
  }
};

}  // namespace roundelay::control
