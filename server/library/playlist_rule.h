// A playlist by rule: which songs are on it, from JSON to a checked value and from that to SQL with bound values. Always up to
// date, for it is asked anew each time. Pure.
//
//   {"match": "all", "rules": [{"genre_is": "Gospel"}, {"rating_at_least": 7}, {"not_heard_for_days": 30},
//    {"length_at_most_ms": 300000}], "order": "title", "most": 100}
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/library/catalogue_fault.h"
#include "server/library/song_filter.h"
#include "server/library/viewer.h"

namespace roundelay {

struct RuleTerm {
  std::string name;  // of the table in playlist_rule.cpp
  std::variant<std::string, double, bool> value;

  bool operator==(const RuleTerm&) const = default;
};

inline constexpr size_t kMostRuleTerms = 20;
inline constexpr int64_t kMostRuleSongs = 1'000;

struct PlaylistRule {
  bool all = true;  // of the terms; otherwise one is enough
  std::vector<RuleTerm> terms;
  SongOrder order = SongOrder::kTitle;
  int64_t most = 100;

  bool operator==(const PlaylistRule&) const = default;
};

[[nodiscard]] FromCatalogue<PlaylistRule> playlist_rule(const nlohmann::json& json);
[[nodiscard]] nlohmann::json to_json(const PlaylistRule& rule);
// Of rows of `songs`, as this viewer sees and has heard them.
[[nodiscard]] SqlCondition condition_of(const PlaylistRule& rule, const Viewer& viewer, int64_t now_s);

}  // namespace roundelay
