#include "server/library/playlist_rule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "server/base/text.h"
#include "server/library/folding.h"
#include "server/library/song_fields.h"

namespace roundelay {
namespace {

enum class RuleValue { kText, kNumber, kDays, kFlag };

// One "?" for the value.
struct RuleKind {
  std::string_view name;
  RuleValue value;
  std::string_view sql;
  bool of_viewer = false;  // the viewer's id is bound first
  double most = 0;         // of numbers and days
  bool folded = false;     // the column is: the rule keeps the text as it was written
};
constexpr std::array kRuleKinds = {
    RuleKind{"genre_is", RuleValue::kText, "songs.genre_fold = ?", false, 0, true},
    RuleKind{"artist_is", RuleValue::kText, "songs.artist IN (SELECT id FROM artists WHERE fold = ?)", false, 0, true},
    RuleKind{"album_is", RuleValue::kText, "songs.album IN (SELECT id FROM albums WHERE fold = ?)", false, 0, true},
    RuleKind{"key_is", RuleValue::kText, "songs.key = ?"},
    RuleKind{"language_is", RuleValue::kText, "songs.language = ?"},
    RuleKind{"licence_is", RuleValue::kText, "songs.licence = ?"},
    RuleKind{"rating_at_least", RuleValue::kNumber, "songs.rating >= ?", false, 10},
    RuleKind{"my_rating_at_least", RuleValue::kNumber,
             "EXISTS (SELECT 1 FROM ratings WHERE ratings.account = ? AND ratings.song = songs.id AND ratings.value >= ?)", true,
             10},
    RuleKind{"length_at_most_ms", RuleValue::kNumber, "songs.length_ms <= ?", false, static_cast<double>(kMostSongMs)},
    RuleKind{"length_at_least_ms", RuleValue::kNumber, "songs.length_ms >= ?", false, static_cast<double>(kMostSongMs)},
    RuleKind{"tempo_at_most_bpm", RuleValue::kNumber, "songs.tempo_bpm <= ?", false, 400},
    RuleKind{"tempo_at_least_bpm", RuleValue::kNumber, "songs.tempo_bpm >= ?", false, 400},
    RuleKind{"year_at_most", RuleValue::kNumber, "songs.year <= ?", false, 2'200},
    RuleKind{"year_at_least", RuleValue::kNumber, "songs.year >= ?", false, 2'200},
    RuleKind{"not_heard_for_days", RuleValue::kDays,
             "NOT EXISTS (SELECT 1 FROM heard WHERE heard.account = ? AND heard.song = songs.id AND heard.last > ?)", true,
             36'500},
    RuleKind{"added_within_days", RuleValue::kDays, "songs.created >= ?", false, 36'500},
    RuleKind{"is_favourite", RuleValue::kFlag,
             "EXISTS (SELECT 1 FROM favourites WHERE favourites.account = ? AND favourites.kind = 'song' AND favourites.item = "
             "songs.id) = ?",
             true},
    RuleKind{"has_words", RuleValue::kFlag, "EXISTS (SELECT 1 FROM song_words WHERE song_words.song = songs.id) = ?"},
};
constexpr std::array<std::pair<std::string_view, SongOrder>, 5> kRuleOrders = {{{"title", SongOrder::kTitle},
                                                                                {"newest", SongOrder::kNewest},
                                                                                {"rating", SongOrder::kRating},
                                                                                {"plays", SongOrder::kPlays},
                                                                                {"length", SongOrder::kLength}}};
constexpr int64_t kDaySeconds = 86'400;
constexpr size_t kLongestRuleText = 500;

const RuleKind* rule_kind(std::string_view name) {
  const auto* found = std::find_if(kRuleKinds.begin(), kRuleKinds.end(), [&](const RuleKind& kind) { return kind.name == name; });
  return found == kRuleKinds.end() ? nullptr : found;
}

// As the column has it, or what its folded text is made of.
std::optional<std::string> text_of_term(std::string_view name, const std::string& text) {
  if (text.empty() || text.size() > kLongestRuleText || !is_utf8(text)) return std::nullopt;
  if (name == "key_is") return musical_key(text);
  if (name == "licence_is") return licence_name(text);
  if (name == "language_is") return language_tag(text).value_or(text);
  return text;
}

FromCatalogue<RuleTerm> rule_term(const nlohmann::json& json) {
  if (!json.is_object() || json.size() != 1)
    return misread("A rule is an object with one member, as {\"genre_is\": \"Gospel\"}.", "rules");
  const std::string name = json.begin().key();
  const nlohmann::json& value = json.begin().value();
  const RuleKind* kind = rule_kind(name);
  const auto senseless = [&] { return misread("The rule “" + name + "” makes no sense.", "rules"); };
  if (kind == nullptr) return misread("There is no rule “" + name + "”.", "rules");
  if (kind->value == RuleValue::kFlag) {
    if (!value.is_boolean()) return senseless();
    return RuleTerm{name, value.get<bool>()};
  }
  if (kind->value == RuleValue::kText) {
    if (!value.is_string()) return senseless();
    auto text = text_of_term(name, value.get<std::string>());
    if (!text && name == "key_is") return refused(phrase("library_key_is_none"), "rules");
    if (!text) return senseless();
    return RuleTerm{name, std::move(*text)};
  }
  if (!value.is_number()) return senseless();
  const auto number = value.get<double>();
  if (!(number >= 0 && number <= kind->most)) return senseless();
  return RuleTerm{name, number};
}

}  // namespace

FromCatalogue<PlaylistRule> playlist_rule(const nlohmann::json& json) {
  if (!json.is_object()) return misread("A rule of a playlist is an object.", "rule");
  PlaylistRule out;
  for (const auto& [name, value] : json.items()) {
    if (name == "match") {
      if (value != "all" && value != "any") return misread("“match” is \"all\" or \"any\".", "match");
      out.all = value == "all";
    } else if (name == "order") {
      const auto* found = std::find_if(kRuleOrders.begin(), kRuleOrders.end(),
                                       [&, &wanted = value](const auto& one) { return wanted == one.first; });
      if (found == kRuleOrders.end()) return misread("There is no such order.", "order");
      out.order = found->second;
    } else if (name == "most") {
      if (!value.is_number_integer() || value.get<int64_t>() < 1 || value.get<int64_t>() > kMostRuleSongs)
        return misread("“most” is a number from 1 to 1000.", "most");
      out.most = value.get<int64_t>();
    } else if (name == "rules") {
      if (!value.is_array() || value.empty() || value.size() > kMostRuleTerms) return misread("“rules” are 1 to 20.", "rules");
      for (const nlohmann::json& one : value) {
        auto term = rule_term(one);
        if (!term) return tl::unexpected(term.error());
        out.terms.push_back(std::move(*term));
      }
    } else {
      return misread("A rule of a playlist has match, rules, order and most.", "rule");
    }
  }
  if (out.terms.empty()) return misread("“rules” are 1 to 20.", "rules");
  return out;
}

nlohmann::json to_json(const PlaylistRule& rule) {
  nlohmann::json terms = nlohmann::json::array();
  for (const RuleTerm& term : rule.terms)
    std::visit([&](const auto& value) { terms.push_back(nlohmann::json::object({{term.name, value}})); }, term.value);
  const auto* order =
      std::find_if(kRuleOrders.begin(), kRuleOrders.end(), [&](const auto& one) { return one.second == rule.order; });
  return {{"match", rule.all ? "all" : "any"}, {"rules", std::move(terms)}, {"order", order->first}, {"most", rule.most}};
}

SqlCondition condition_of(const PlaylistRule& rule, const Viewer& viewer, int64_t now_s) {
  SqlCondition out = sees_song(viewer);
  out.sql += " AND (";
  for (const RuleTerm& term : rule.terms) {
    const RuleKind* kind = rule_kind(term.name);
    if (kind == nullptr) continue;
    if (!out.sql.ends_with('(')) out.sql += rule.all ? " AND " : " OR ";
    out.sql += kind->sql;
    if (kind->of_viewer) out.values.emplace_back(viewer.account);
    if (const auto* text = std::get_if<std::string>(&term.value)) {
      out.values.emplace_back(kind->folded ? folded(*text) : *text);
    } else if (const auto* flag = std::get_if<bool>(&term.value)) {
      out.values.emplace_back(*flag);
    } else {
      const double number = std::get<double>(term.value);
      if (kind->value == RuleValue::kDays)
        out.values.emplace_back(now_s - static_cast<int64_t>(std::llround(number * kDaySeconds)));
      else
        out.values.emplace_back(number);
    }
  }
  out.sql += ")";
  return out;
}

}  // namespace roundelay
