// The next evening of a room, as its organiser has set it (PROTOCOL.md 3.1). A plain value.
#pragma once

#include "server/base/text.h"
#include "server/wire/control/message.h"

namespace roundelay::control {

struct Meeting {
  static constexpr int kMostMinutes = 24 * 60;
  static constexpr int kMostTitleCharacters = 80;
  static constexpr int64_t kMostBeginsS = int64_t{1} << 40;
  int64_t begins_s = 0;  // Unix time
  int minutes = 120;
  std::string title = {};  // empty: the room's name

  bool operator==(const Meeting&) const = default;

  [[nodiscard]] nlohmann::json to_json() const { return {{"begins", begins_s}, {"minutes", minutes}, {"title", title}}; }
  [[nodiscard]] static Read<Meeting> read(const nlohmann::json& in) {
    const auto begins = integer_field(in, "begins", 1, kMostBeginsS);
    const auto minutes = integer_field(in, "minutes", 1, kMostMinutes);
    const auto title = text_field(in, "title");
    if (!begins.given()) return wrong("An evening must begin at a time, in seconds since 1970.");
    if (!minutes.given()) return wrong("An evening must last from 1 minute to 24 hours.");
    if (!title.valid) return wrong("An evening's title must be text.");
    Meeting out{begins.value, static_cast<int>(minutes.value)};
    if (!title.value.empty()) {
      auto checked = checked_name(title.value, kMostTitleCharacters);
      if (!checked) return wrong("An evening's title must have at most 80 characters that can be seen.");
      out.title = *std::move(checked);
    }
    return out;
  }
};

}  // namespace roundelay::control
