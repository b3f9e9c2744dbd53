// `chat_history`, after `welcome`: what was said before (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/said.h"

namespace roundelay::control {

struct ChatHistory {
  static constexpr const char* kType = "chat_history";
  static constexpr size_t kMost = 50;  // lines in one message: more come in several
  std::vector<Line> lines;             // the oldest first

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"lines", list_json(lines)}}; }
  [[nodiscard]] static Read<ChatHistory> read(const nlohmann::json& in) {
    auto lines = read_list<Line>(in, "lines");
    if (!lines) return wrong(std::move(lines.error()));
    return ChatHistory{*std::move(lines)};
  }
};

}  // namespace roundelay::control
