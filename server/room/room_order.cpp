// How the room is kept: its name, who may come in, its parts, its end.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/room/room.h"
#include "server/wire/control/change_room.h"
#include "server/wire/control/delete_room.h"
#include "server/wire/control/set_password.h"

namespace roundelay {

control::RoomOrder Room::shown_order() const {
  return {.id = id_,
          .name = rules_.name,
          .listed = rules_.listed,
          .locked = rules_.locked,
          .password = !rules_.password_hash.empty(),
          .appointed = rules_.appointed,
          .parts = rules_.parts,
          .part_buckets = rules_.part_buckets,
          .chat = rules_.chat,
          .recording = rules_.recording,
          .recordings_for_all = rules_.recordings_for_all,
          .recordings_days = rules_.recordings_days,
          .meeting = rules_.meeting,
          .start_muted = rules_.start_muted};
}

void Room::change_rules(RoomRules next, Effects& out) {
  rules_ = std::move(next);
  all_rights_due_ = true;
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{control::RoomOrderNews{shown_order()}.to_json()});
}

Room::Answer Room::change_room(const Person& by, const control::ChangeRoom& wanted, Moment now, Effects& out) {
  RoomRules next = rules_;
  if (wanted.name) next.name = *wanted.name;
  if (wanted.listed) next.listed = *wanted.listed;
  if (wanted.locked) next.locked = *wanted.locked;
  if (wanted.appointed) next.appointed = *wanted.appointed;
  if (wanted.chat) next.chat = *wanted.chat;
  if (wanted.parts) next.parts = *wanted.parts;
  if (wanted.meeting) next.meeting = *wanted.meeting;
  if (wanted.start_muted) next.start_muted = *wanted.start_muted;
  if (wanted.part_buckets) next.part_buckets = *wanted.part_buckets;
  if (wanted.recording) next.recording = *wanted.recording;
  if (wanted.recordings_for_all) next.recordings_for_all = *wanted.recordings_for_all;
  if (wanted.recordings_days) next.recordings_days = *wanted.recordings_days;
  std::erase_if(next.part_buckets, [&](const auto& fixed) { return !next.has_part(fixed.first); });
  if (next == rules_) return {};
  const RoomRules before = rules_;
  change_rules(std::move(next), out);
  if (before.name != rules_.name) out.push_back(notice(phrase("renamed_the_room", {{"name", by.name}, {"room", rules_.name}})));
  if (before.locked != rules_.locked)
    out.push_back(notice(phrase(rules_.locked ? "closed_the_room" : "opened_the_room", {{"name", by.name}})));
  if (before.chat != rules_.chat)
    out.push_back(notice(phrase(rules_.chat ? "switched_the_chat_on" : "switched_the_chat_off", {{"name", by.name}})));
  if (before.recording != rules_.recording) recording_policy_changed(by, now, out);
  if (before.meeting != rules_.meeting)
    out.push_back(notice(phrase(rules_.meeting ? "set_the_next_evening" : "took_the_next_evening_back", {{"name", by.name}})));
  if (before.parts != rules_.parts) {
    std::vector<PersonId> without;
    for (const auto& [id, person] : people_.all()) {
      if (!person.part.empty() && !rules_.has_part(person.part)) without.push_back(id);
    }
    for (const PersonId id : without) {
      people_.change(id, [](Person& person) { person.part.clear(); });
      changed(id, out);
    }
    for (const auto& [id, person] : people_.all()) {
      if (person.connected() && !person.part.empty()) out.push_back(admission(person));  // it may stand elsewhere in the list
    }
  }
  if (!song_is_on(now)) move_fixed(out);
  return {};
}

// The conductor has put the password's hash in its place: no plain one comes here.
Room::Answer Room::set_password(const Person& by, const control::SetPassword& wanted, Moment now, Effects& out) {
  RoomRules next = rules_;
  next.password_hash = wanted.password.value_or("");
  next.password_set_s = now.position.samples / kSampleRate;  // the timeline began with Unix time
  const bool had = !rules_.password_hash.empty();
  if (!had && !wanted.password) return {};
  change_rules(std::move(next), out);
  const char* const what = !wanted.password ? "took_the_rooms_password_away"
                           : had            ? "changed_the_rooms_password"
                                            : "gave_the_room_a_password";
  out.push_back(notice(phrase(what, {{"name", by.name}})));
  return {};
}

Room::Answer Room::delete_room(const Person&, const control::DeleteRoom&, Moment, Effects& out) {
  out.push_back(effect::DeleteRoom{});
  return {};
}

}  // namespace roundelay
