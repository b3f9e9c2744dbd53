// The programme of the evening: prepared, put in order, and taken song by song.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/room/commands.h"
#include "server/room/room.h"
#include "server/wire/control/move_entry.h"
#include "server/wire/control/plan.h"
#include "server/wire/control/put_entry.h"
#include "server/wire/control/remove_entry.h"
#include "server/wire/control/score.h"
#include "server/wire/control/sheet.h"
#include "server/wire/control/take_entry.h"
#include "server/wire/control/tracks.h"

namespace roundelay {
namespace {

tl::unexpected<Refusal> no_entry() {
  return refuse("no_entry", phrase("no_such_entry"));
}

}  // namespace

Room::Answer Room::put_entry(const Person&, const control::PutEntry& wanted, Moment, Effects& out) {
  const control::ProgrammeEntry& entry = wanted.entry;
  if (entry.track && find_track(*entry.track) == nullptr) return refuse("no_track", phrase("no_such_track"));
  if (entry.plan.words && find_sheet(*entry.plan.words) == nullptr) return refuse("no_words", phrase("no_such_words"));
  std::string id = entry.id;
  if (id.empty()) {
    if (programme_.is_full()) return refuse("programme_full", phrase("programme_is_full"));
    id = programme_.add(entry);
  } else {
    if (programme_.find(id) == nullptr) return no_entry();
    if (!programme_.replace(entry)) return {};
  }
  programme_changed(out);
  return nlohmann::json{{"entry", id}};
}

Room::Answer Room::remove_entry(const Person&, const control::RemoveEntry& wanted, Moment, Effects& out) {
  if (!programme_.remove(wanted.entry)) return no_entry();
  programme_changed(out);
  return {};
}

Room::Answer Room::move_entry(const Person&, const control::MoveEntry& wanted, Moment, Effects& out) {
  if (!programme_.move(wanted.entry, wanted.before)) return no_entry();
  programme_changed(out);
  return {};
}

Room::Answer Room::take_entry(const Person&, const control::TakeEntry& wanted, Moment, Effects& out) {
  const control::ProgrammeEntry* found = programme_.find(wanted.entry);
  if (found == nullptr) return no_entry();
  const control::ProgrammeEntry entry = *found;
  programme_.take(entry.id);
  std::vector<Sentence> news{phrase("next_song", {{"song", entry.title}})};

  chosen_track_ = entry.track;
  if (chosen_track_ && find_track(*chosen_track_) == nullptr) {
    chosen_track_.reset();
    news.push_back(phrase("track_is_gone", {{"song", entry.title}}));
  }
  out.push_back(effect::ToRoom{shown_tracks().to_json()});
  plan_ = entry.plan;
  if (plan_.words && find_sheet(*plan_.words) == nullptr) {
    plan_.words.reset();
    news.push_back(phrase("words_are_gone", {{"song", entry.title}}));
  }
  if (plan_.score && find_score(*plan_.score) == nullptr) {
    plan_.score.reset();
    news.push_back(phrase("score_is_gone", {{"song", entry.title}}));
  }
  out.push_back(effect::ToRoom{control::PlanNews{plan_}.to_json()});
  programme_changed(out);
  if (!entry.leader.empty()) {
    const Person* leader = nullptr;
    for (const PersonId id : people_.singers()) {
      const Person& person = *find(id);
      if (person.connected() && person.name == entry.leader) leader = &person;
    }
    if (leader == nullptr || !may_lead(*leader)) {
      news.push_back(
          phrase(leader == nullptr ? "should_lead_and_is_not_here" : "should_lead_and_may_not", {{"name", entry.leader}}));
    } else if (!is_leader(*leader)) {
      pass_lead(leader->id, out);
    }
  }
  for (Sentence& each : news) out.push_back(notice(std::move(each)));
  return {};
}

bool Room::may_prepare(const Person& person) const {
  return holds(person, Who::kPrepares);
}

void Room::tell_carried(Effects& out) {
  out.push_back(effect::ToRoom{shown_tracks().to_json()});
  out.push_back(effect::ToRoom{shown_scores().to_json()});
  out.push_back(effect::ToRoom{shown_sheets().to_json()});
  programme_changed(out);
}

void Room::programme_changed(Effects& out) {
  out.push_back(effect::SaveRoom{});
  const control::Programme shown = programme_.shown(false);
  out.push_back(effect::ToRoom{shown.to_json()});
  if (shown.whole) return;
  const nlohmann::json whole = programme_.shown(true).to_json();
  for (const auto& [id, person] : people_.all()) {
    if (person.connected() && holds(person, Who::kPrepares)) out.push_back(effect::ToSession{*person.session, whole});
  }
}

void Room::show_programme(SessionId session, const Person& to, Effects& out) const {
  if (programme_.entries().empty()) return;
  out.push_back(effect::ToSession{session, programme_.shown(holds(to, Who::kPrepares)).to_json()});
}

}  // namespace roundelay
