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
  return {"removed", "You were removed from this room by its organiser."};
}

void Room::tell(const Person& person, std::string sentence, Effects& out) {
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
    return refuse("not_allowed", person->name + " can switch this microphone on, and nobody else.");
  if (person->id == by.id && by.held) return refuse("not_allowed", "Somebody else has to switch your microphone on again.");
  // Whoever keeps the room can always undo it.
  const bool held = wanted.muted && !wanted.may_undo && !person->organiser && person->id != by.id;
  if (person->muted == wanted.muted && person->held == held) return {};
  people_.change(wanted.person, [&](Person& p) {
    p.muted = wanted.muted;
    p.held = held;
  });
  changed(wanted.person, out);
  if (wanted.person == by.id) return {};
  std::string sentence = by.name;
  sentence.append(!wanted.muted ? " switched your microphone on."
                  : held        ? " switched your microphone off. Ask when you want to sing again."
                                : " switched your microphone off. You can switch it on again.");
  tell(*find(wanted.person), std::move(sentence), out);
  return {};
}

Room::Answer Room::move_person(const Person& by, const control::MovePerson& wanted, Moment, Effects& out) {
  const Person* person = find(wanted.person);
  if (person == nullptr) return control::nobody();
  if (is_leader(*person)) return refuse("not_allowed", "Whoever leads sings in group 1.");
  if (person->bucket == wanted.bucket) return {};
  people_.change(wanted.person, [&](Person& p) { p.bucket = wanted.bucket; });
  changed(wanted.person, out);
  std::string sentence = by.name;
  sentence.append(" moved you to group ").append(std::to_string(wanted.bucket)).append(".");
  if (wanted.person != by.id) tell(*find(wanted.person), std::move(sentence), out);
  return {};
}

Room::Answer Room::remove_person(const Person& by, const control::RemovePerson& wanted, Moment now, Effects& out) {
  const Person* found = find(wanted.person);
  if (found == nullptr) return control::nobody();
  if (found->id == by.id) return refuse("not_allowed", "You cannot remove yourself; you can leave.");
  if (found->organiser) return refuse("not_allowed", "An organiser cannot be removed before that office is taken away.");
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
  out.push_back(notice(gone.name + " was removed from the room."));
  tell_removed(out);
  return {};
}

Room::Answer Room::readmit(const Person&, const control::Readmit& wanted, Moment, Effects& out) {
  const auto gone = removed_.find(wanted.person);
  if (gone == removed_.end()) return refuse("no_person", "This person was not removed from the room.");
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
  if (before.robot) return refuse("not_allowed", "A robot has no office.");
  if (wanted.organiser == false && before.organiser && people_.organisers().size() == 1)
    return refuse("not_allowed", "The room would have no organiser any more. Make somebody else an organiser first.");
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
      tell(person, by.name + (person.organiser ? " made you an organiser." : " took the office of an organiser from you."), out);
    if (before.engineer != person.engineer)
      tell(person, by.name + (person.engineer ? " made you an engineer." : " took the office of an engineer from you."), out);
    if (before.may_lead != person.may_lead && rules_.appointed)
      tell(person, by.name + (person.may_lead ? " lets you lead." : " does not let you lead any more."), out);
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
