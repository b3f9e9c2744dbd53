// A line of the chat as clients see it, and `said`: somebody said it just now (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Line {
  std::string id;  // of the line; a later one has a larger number
  std::string person;
  std::string name;  // as she was called then
  std::string text;
  int64_t at = 0;  // Unix time, milliseconds
  bool announcement = false;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"id", id}, {"person", person}, {"name", name}, {"text", text}, {"at", at}};
    if (announcement) out["announcement"] = true;
    return out;
  }
  [[nodiscard]] static Read<Line> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto person = text_field(in, "person");
    const auto name = text_field(in, "name");
    const auto text = text_field(in, "text");
    const auto at = integer_field(in, "at", 0, kMaxNumber);
    if (!id.given() || !person.given() || !name.given() || !text.given())
      return wrong("A line's id, person, name and text must be text.");
    if (!at.given()) return wrong("at must be milliseconds of Unix time.");
    Line out{id.value, person.value, name.value, text.value, at.value};
    if (!read_flags(in, {{"announcement", &out.announcement}})) return wrong("announcement must be true or false.");
    return out;
  }
};

struct Said {
  static constexpr const char* kType = "said";
  Line line;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"line", line.to_json()}}; }
  [[nodiscard]] static Read<Said> read(const nlohmann::json& in) {
    auto line = Line::read(part(in, "line"));
    if (!line) return wrong(std::move(line.error()));
    return Said{*std::move(line)};
  }
};

}  // namespace roundelay::control
