// What organisers and engineers do with others: mute, move, remove, appoint; and whose loudspeaker they are told of.
#include <nlohmann/json.hpp>
#include <utility>

#include "server/base/text.h"
#include "server/room/room.h"
#include "server/wire/control/appoint.h"
#include "server/wire/control/error.h"
#include "server/wire/control/loudspeakers.h"
#include "server/wire/control/move_person.h"
#include "server/wire/control/mute_person.h"
#include "server/wire/control/notice.h"
#include "server/wire/control/open_loudspeaker.h"
#include "server/wire/control/programs.h"
#include "server/wire/control/readmit.h"
#include "server/wire/control/remove_person.h"
#include "server/wire/control/removed.h"

namespace roundelay {

Refusal Room::was_removed() {
  return refuse("removed", phrase("you_were_removed")).value();
}

void Room::tell(const Person& person, Sentence sentence, Effects& out) {
  if (person.connected()) out.push_back(effect::ToSession{*person.session, control::Notice{std::move(sentence)}.to_json()});
}

void Room::tell(const std::set<PersonId>& people, const nlohmann::json& message, Effects& out) const {
  for (const PersonId id : people) {
    const Person* person = find(id);
    if (person != nullptr && person->connected()) out.push_back(effect::ToSession{*person->session, message});
  }
}

Room::Answer Room::mute_person(const Person& by, const control::MutePerson& wanted, Moment, Effects& out) {
  const Person* person = find(wanted.person);
  if (person == nullptr) return control::nobody();
  // A microphone that its owner switched off is hers alone to switch on: nobody is heard who does not know of it.
  if (!wanted.muted && person->muted && !person->held)
    return refuse("not_allowed", phrase("only_she_can_switch_it_on", {{"name", person->name}}));
  if (person->id == by.id && by.held) return refuse("not_allowed", phrase("somebody_else_unmutes_you"));
  // Whoever keeps the room can always undo it.
  const bool held = wanted.muted && !wanted.may_undo && !person->organiser && person->id != by.id;
  if (person->muted == wanted.muted && person->held == held) return {};
  people_.change(wanted.person, [&](Person& p) {
    p.muted = wanted.muted;
    p.held = held;
  });
  changed(wanted.person, out);
  if (wanted.person == by.id) return {};
  const char* const what = !wanted.muted ? "switched_your_microphone_on"
                           : held        ? "switched_your_microphone_off_firmly"
                                         : "switched_your_microphone_off";
  tell(*find(wanted.person), phrase(what, {{"name", by.name}}), out);
  return {};
}

Room::Answer Room::move_person(const Person& by, const control::MovePerson& wanted, Moment, Effects& out) {
  const Person* person = find(wanted.person);
  if (person == nullptr) return control::nobody();
  if (is_leader(*person)) return refuse("not_allowed", phrase("leader_sings_in_group_1"));
  if (person->bucket == wanted.bucket) return {};
  people_.change(wanted.person, [&](Person& p) { p.bucket = wanted.bucket; });
  changed(wanted.person, out);
  if (wanted.person != by.id)
    tell(*find(wanted.person), phrase("moved_you_to_group", {{"name", by.name}, {"group", wanted.bucket}}), out);
  return {};
}

Room::Answer Room::remove_person(const Person& by, const control::RemovePerson& wanted, Moment now, Effects& out) {
  const Person* found = find(wanted.person);
  if (found == nullptr) return control::nobody();
  if (found->id == by.id) return refuse("not_allowed", phrase("cannot_remove_yourself"));
  if (found->organiser) return refuse("not_allowed", phrase("organiser_cannot_be_removed"));
  Person gone = *found;
  gone.removed = true;
  gone.stored = true;
  if (gone.connected()) {
    const Refusal why = was_removed();
    out.push_back(effect::ToSession{*gone.session, control::Error{.refusal = why, .about = {}}.to_json()});
    out.push_back(effect::Expel{*gone.session, kCloseNotAdmitted, why.code});
  }
  out.push_back(effect::SavePerson{gone, false});
  removed_[gone.id] = gone.name;
  remove(gone, now, out);
  out.push_back(notice(phrase("was_removed_from_the_room", {{"name", gone.name}})));
  tell_removed(out);
  return {};
}

Room::Answer Room::readmit(const Person&, const control::Readmit& wanted, Moment, Effects& out) {
  const auto gone = removed_.find(wanted.person);
  if (gone == removed_.end()) return refuse("no_person", phrase("was_not_removed"));
  Person person;
  person.id = gone->first;
  person.name = gone->second;
  person.stored = true;
  removed_.erase(gone);
  out.push_back(effect::SavePerson{person, false});
  tell_removed(out);
  return {};
}

Room::Answer Room::appoint(const Person& by, const control::Appoint& wanted, Moment, Effects& out) {
  const Person* found = find(wanted.person);
  if (found == nullptr) return control::nobody();
  const Person before = *found;
  if (before.robot) return refuse("not_allowed", phrase("robot_has_no_office"));
  if (wanted.organiser == false && before.organiser && people_.organisers().size() == 1)
    return refuse("not_allowed", phrase("last_organiser"));
  people_.change(wanted.person, [&](Person& person) {
    if (wanted.organiser) person.organiser = *wanted.organiser;
    if (wanted.engineer) person.engineer = *wanted.engineer;
    if (wanted.may_lead) person.may_lead = *wanted.may_lead;
    if (person.organiser) person.held = false;
    if (!person.has_office()) person.watches = false;
  });
  const Person& person = *find(wanted.person);
  all_rights_due_ = true;
  changed(wanted.person, out);
  if (wanted.person != by.id) {
    if (before.organiser != person.organiser)
      tell(person, phrase(person.organiser ? "made_you_an_organiser" : "took_the_organisers_office", {{"name", by.name}}), out);
    if (before.engineer != person.engineer)
      tell(person, phrase(person.engineer ? "made_you_an_engineer" : "took_the_engineers_office", {{"name", by.name}}), out);
    if (before.may_lead != person.may_lead && rules_.appointed)
      tell(person, phrase(person.may_lead ? "lets_you_lead" : "does_not_let_you_lead", {{"name", by.name}}), out);
  }
  tell_offices(person, out);
  return {};
}

// What only they hear of.
void Room::tell_offices(const Person& person, Effects& out) const {
  if (!person.connected()) return;
  if (person.organiser) {
    out.push_back(effect::ToSession{*person.session, shown_removed().to_json()});
    out.push_back(effect::ToSession{*person.session, shown_programs().to_json()});
    show_live(*person.session, person, out);
  }
  if (person.has_office()) out.push_back(effect::ToSession{*person.session, shown_loudspeakers().to_json()});
  if (person.has_office()) tell_known_timing(*person.session, person, out);
}

void Room::tell_removed(Effects& out) const {
  tell(people_.organisers(), shown_removed().to_json(), out);
}

control::Removed Room::shown_removed() const {
  control::Removed out;
  for (const auto& [id, name] : removed_) out.people.push_back({id_text(id), name});
  return out;
}

Room::Answer Room::tell_loudspeaker(const Person& by, const control::OpenLoudspeaker& wanted, Moment, Effects& out) {
  if (by.role != Role::kSinger || by.loudspeaker == wanted.open) return {};
  people_.change(by.id, [&](Person& person) { person.loudspeaker = wanted.open; });
  tell_loudspeakers(out);
  return {};
}

void Room::forget_loudspeaker(PersonId id, Effects& out) {
  if (!find(id)->loudspeaker) return;
  people_.change(id, [](Person& person) { person.loudspeaker = false; });
  tell_loudspeakers(out);
}

void Room::tell_loudspeakers(Effects& out) const {
  tell(people_.with_office(), shown_loudspeakers().to_json(), out);
}

control::Loudspeakers Room::shown_loudspeakers() const {
  control::Loudspeakers out;
  for (const PersonId id : people_.singers()) {
    if (find(id)->loudspeaker) out.people.push_back(id_text(id));
  }
  return out;
}

}  // namespace roundelay
