// The scores of a room as clients see them (PROTOCOL.md 4.5), and `scores`: which there are. Plain values.
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Score {
  std::string id;
  std::string title;
  int pages = 1;

  bool operator==(const Score&) const = default;
  [[nodiscard]] nlohmann::json to_json() const { return {{"id", id}, {"title", title}, {"pages", pages}}; }
  [[nodiscard]] static Read<Score> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto title = text_field(in, "title");
    const auto pages = integer_field(in, "pages", 1, 1'000);
    if (!id.given()) return wrong("A score's id must be text.");
    if (!title.given()) return wrong("A score's title must be text.");
    if (!pages.given()) return wrong("A score's pages must be a whole number from 1.");
    return Score{id.value, title.value, static_cast<int>(pages.value)};
  }
};

// Which is chosen stands in the plan.
struct Scores {
  static constexpr const char* kType = "scores";
  std::vector<Score> scores;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"scores", list_json(scores)}}; }
  // Of a `welcome` too, which has the same field unless there are none.
  [[nodiscard]] static Read<Scores> read(const nlohmann::json& in) {
    if (type_of(in) != kType && find_field(in, "scores") == nullptr) return Scores{};
    auto scores = read_list<Score>(in, "scores");
    if (!scores) return wrong(std::move(scores.error()));
    return Scores{*std::move(scores)};
  }
};

}  // namespace roundelay::control
