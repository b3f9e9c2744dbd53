// `rename_sheet`, from a client: words get another title (PROTOCOL.md 3.1).
#pragma once

#include "server/base/text.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

inline constexpr int kMostTitleCharacters = kMaxTrackNameCharacters;

struct RenameSheet {
  static constexpr const char* kType = "rename_sheet";
  std::string sheet;  // its id
  std::string title;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"sheet", sheet}, {"title", title}}; }
  [[nodiscard]] static Asked<RenameSheet> read(const nlohmann::json& in) {
    const auto sheet = text_field(in, "sheet");
    const auto title = text_field(in, "title");
    if (!sheet.given()) return refuse("bad_message", "sheet must be the id of words.");
    if (!title.given()) return refuse("bad_name", "title must be text.");
    auto checked = checked_name(title.value, kMostTitleCharacters);
    if (!checked) return refuse("bad_name", checked.error());
    return RenameSheet{sheet.value, *std::move(checked)};
  }
};

}  // namespace roundelay::control
