// A song of the library on its way into a room: what the librarian tells of it beside its file, and what it is to become. Part of
// `upload_check` and `upload`.
#pragma once

#include <string>

#include "server/wire/control/credits.h"
#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct LibrarySong {
  int64_t id = 0;  // in the library
  std::string title = {};
  control::Credits credits = {};
  std::string words = {};  // plain, LRC or ChordPro; empty: it has none
  bool entry = false;      // a song of the programme is made of it; otherwise a track

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"id", id}, {"title", title}, {"credits", credits.to_json()}, {"words", words}, {"entry", entry}};
  }
  // Nothing without a title.
  [[nodiscard]] static std::optional<LibrarySong> read(const nlohmann::json& in) {
    auto title = text_field(in, "title");
    if (!title.given() || title.value.empty()) return std::nullopt;
    return LibrarySong{.id = static_cast<int64_t>(natural_field(in, "id").value_or(0)),
                       .title = std::move(title.value),
                       .credits = control::Credits::read(control::part(in, "credits")),
                       .words = text_field(in, "words").value,
                       .entry = bool_field(in, "entry").value};
  }
};

}  // namespace roundelay::link
