// People: what they say of themselves, who goes and is forgotten, and how others are told of them.
#include <nlohmann/json.hpp>
#include <utility>

#include "server/base/text.h"
#include "server/room/room.h"
#include "server/wire/control/change_part.h"
#include "server/wire/control/change_role.h"
#include "server/wire/control/gone.h"
#include "server/wire/control/leave.h"
#include "server/wire/control/mute.h"
#include "server/wire/control/person.h"
#include "server/wire/control/rename.h"

namespace roundelay {

Room::Answer Room::mute(const Person& by, const control::Mute& wanted, Moment, Effects& out) {
  people_.change(by.id, [&](Person& person) { person.muted = wanted.muted; });
  changed(by.id, out);
  return {};
}

Room::Answer Room::change_role(const Person& by, const control::ChangeRole& wanted, Moment now, Effects& out) {
  if (wanted.role == Role::kListener && is_leader(by)) {
    if (song_is_on(now)) return refuse("song_lasts", phrase("leader_cannot_listen"));
    set_leader(std::nullopt, out);
  }
  if (wanted.role == by.role) return {};
  if (wanted.role == Role::kSinger && static_cast<int>(people_.singers().size()) >= limits_.max_singers)
    return refuse("room_full_singers", phrase("room_is_full_of_singers"));
  people_.change(by.id, [&](Person& person) {
    person.role = wanted.role;
    person.soloed = person.hears_solo = false;
  });
  if (wanted.role == Role::kListener) {
    loops_.erase(by.id);
    to_place_.erase(by.id);
    forget_loudspeaker(by.id, out);
    // Where listeners are not named, this is the last that the others hear of her.
    if (!listeners_named_) out.push_back(effect::ToRoom{control::PersonNews{shown(by)}.to_json()});
  }
  name_listeners(now, out);
  changed(by.id, out);
  return {};
}

Room::Answer Room::rename(const Person& by, const control::Rename& wanted, Moment now, Effects& out) {
  const std::string name = told_apart(wanted.name, by.id);
  if (name == by.name) return {};
  // Those who know her by the other name are told, but not by whoever makes a game of it.
  const bool known = listeners_named_ || by.role == Role::kSinger;
  if (known && chat_.take(by.id, false, now.ns) == Chat::Pace::kFine)
    out.push_back(notice(phrase("is_called_now", {{"name", by.name}, {"now", name}})));
  people_.change(by.id, [&](Person& person) { person.name = name; });
  changed(by.id, out);
  return {};
}

Room::Answer Room::change_part(const Person& by, const control::ChangePart& wanted, Moment now, Effects& out) {
  if (!wanted.part.empty() && !rules_.has_part(wanted.part)) return refuse("bad_part", phrase("no_such_part"));
  people_.change(by.id, [&](Person& person) {
    person.part = wanted.part;
    const int fixed = fixed_bucket(person);
    if (fixed != 0 && person.role == Role::kSinger && !is_leader(person) && !song_is_on(now)) person.bucket = fixed;
  });
  changed(by.id, out);
  return {};
}

// What everybody is told apart by; a number is added where two would be called the same.
std::string Room::told_apart(const std::string& name, PersonId id) const {
  const Person* self = find(id);
  const auto taken = [&](const std::string& wanted) {
    return people_.named(wanted) > (self != nullptr && self->name == wanted ? 1u : 0u);
  };
  constexpr int kMostTried = 99;
  for (int number = 1; number <= kMostTried; ++number) {
    std::string wanted = name;
    if (number > 1) wanted.append(" ").append(std::to_string(number));
    if (!taken(wanted)) return wanted;
  }
  return std::string(name).append(" ").append(id_text(id));
}

Room::Answer Room::leave(const Person& by, const control::Leave&, Moment now, Effects& out) {
  Person gone = by;
  gone.hand_ms = 0;
  const bool led = is_leader(gone);
  if (gone.stored) out.push_back(effect::SavePerson{gone, false});
  remove(gone, now, out);
  if (gone.robot || (!listeners_named_ && gone.role == Role::kListener)) return {};
  const bool endless = led && song_is_on(now) && song_.end.samples == kNoEnd;
  out.push_back(notice(phrase(endless ? "leader_has_left" : "has_left", {{"name", gone.name}})));
  return {};
}

void Room::forget_people(Moment now, Effects& out) {
  while (const auto id = people_.forgotten(now.ns - limits_.forget_person_ns)) {
    Person person = *find(*id);
    person.hand_ms = 0;
    if (person.stored) out.push_back(effect::SavePerson{person, false});
    remove(person, now, out);
  }
}

void Room::remove(const Person& person, Moment now, Effects& out) {
  if (decides(person)) all_rights_due_ = true;
  forget_loudspeaker(person.id, out);
  people_.erase(person.id);
  loops_.erase(person.id);
  timings_.forget(person.id);
  lateness_.forget(person.id);
  to_place_.erase(person.id);
  told_rights_.erase(person.id);
  if (listeners_named_ || person.role == Role::kSinger)
    out.push_back(effect::ToRoom{control::Gone{id_text(person.id)}.to_json()});
  if (leader_ == person.id) set_leader(std::nullopt, out);
  name_listeners(now, out);
  if (people_.all().empty()) empty_since_ns_ = now.ns;
}

control::Person Room::shown(const Person& person) const {
  return as_shown(person, is_leader(person));
}

void Room::announce(const Person& person, Effects& out) const {
  nlohmann::json message = control::PersonNews{shown(person)}.to_json();
  if (listeners_named_ || person.role == Role::kSinger) {
    out.push_back(effect::ToRoom{std::move(message)});
  } else if (person.connected()) {
    out.push_back(effect::ToSession{*person.session, std::move(message)});
  }
}

// Listeners come in thousands and leave nothing worth keeping but their rights, mutes and hands: who has none is not stored. Her
// token gives her the same identity after a restart all the same.
void Room::save(PersonId id, Effects& out) {
  const Person* person = find(id);
  if (!person->stored && person->role == Role::kListener && !person->has_office() && !person->muted && person->hand_ms == 0)
    return;
  if (!person->stored) people_.change(id, [](Person& p) { p.stored = true; });
  out.push_back(effect::SavePerson{*person, true});
}

void Room::changed(PersonId id, Effects& out) {
  const Person& person = *find(id);
  if (person.connected()) out.push_back(admission(person));
  rights_due_.insert(id);
  save(id, out);
  announce(person, out);
}

}  // namespace roundelay
