// Scores: uploaded, chosen, deleted.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/room/commands.h"
#include "server/room/room.h"
#include "server/wire/control/choose_score.h"
#include "server/wire/control/delete_score.h"
#include "server/wire/control/mark.h"
#include "server/wire/control/plan.h"
#include "server/wire/control/score.h"

namespace roundelay {
namespace {

tl::unexpected<Refusal> no_score() {
  return refuse("no_score", phrase("no_such_score"));
}

}  // namespace

void Room::hold_scores(std::vector<Score> scores) {
  scores_ = std::move(scores);
  if (plan_.score && find_score(*plan_.score) == nullptr) plan_.score.reset();
}

bool Room::may_change_scores(const Person& person) const {
  return holds(person, Who::kLeaderOrOrganiser);
}

const Score* Room::find_score(const std::string& id) const {
  const auto it = std::find_if(scores_.begin(), scores_.end(), [&](const Score& score) { return score.id == id; });
  return it == scores_.end() ? nullptr : &*it;
}

void Room::add_score(Score score, Effects& out) {
  const std::string id = score.id;
  const Person* by = find(score.uploader);
  const bool chosen = !song_was_on_;
  const Sentence news =
      by == nullptr ? phrase(chosen ? "score_was_added_and_chosen" : "score_was_added", {{"score", score.title}})
                    : phrase(chosen ? "added_and_chose_a_score" : "added_a_score", {{"name", by->name}, {"score", score.title}});
  scores_.push_back(std::move(score));
  out.push_back(effect::ToRoom{shown_scores().to_json()});
  if (chosen) plan_score(id, out);
  out.push_back(notice(news));
}

void Room::plan_score(std::optional<std::string> score, Effects& out) {
  if (plan_.score == score) return;
  plan_.score = std::move(score);
  marks_.remove(control::Mark::kPage);
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{control::PlanNews{plan_}.to_json()});
}

Room::Answer Room::choose_score(const Person&, const control::ChooseScore& wanted, Moment, Effects& out) {
  if (wanted.score && find_score(*wanted.score) == nullptr) return no_score();
  plan_score(wanted.score, out);
  return {};
}

Room::Answer Room::delete_score(const Person&, const control::DeleteScore& wanted, Moment, Effects& out) {
  const auto it = std::find_if(scores_.begin(), scores_.end(), [&](const Score& score) { return score.id == wanted.score; });
  if (it == scores_.end()) return no_score();
  const Score score = *it;
  scores_.erase(it);
  if (plan_.score == score.id) plan_score(std::nullopt, out);
  out.push_back(effect::DeleteScore{score});
  out.push_back(effect::ToRoom{shown_scores().to_json()});
  return {};
}

control::Scores Room::shown_scores() const {
  control::Scores out;
  for (const Score& score : scores_) out.scores.push_back(as_shown(score));
  return out;
}

}  // namespace roundelay
