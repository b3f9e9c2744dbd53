// The console: volumes, who is soloed and who hears it, and how loud the singers are.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "mixer/gain.h"
#include "server/base/text.h"
#include "server/room/room.h"
#include "server/wire/control/change_volume.h"
#include "server/wire/control/console.h"
#include "server/wire/control/levels.h"
#include "server/wire/control/listen.h"
#include "server/wire/control/solo.h"
#include "server/wire/control/watch_console.h"

namespace roundelay {

effect::Admit Room::admission(const Person& person) const {
  const auto part = settings_.part_volumes.find(person.part);
  const double of_part = part == settings_.part_volumes.end() ? 1 : part->second;
  return {person, is_leader(person), microphone_factor(person.volume) * microphone_factor(of_part), part_lane_of(person)};
}

Room::Answer Room::change_volume(const Person&, const control::ChangeVolume& wanted, Moment, Effects& out) {
  if (wanted.part) {
    if (!rules_.has_part(*wanted.part)) return refuse("bad_part", phrase("no_such_part"));
    settings_.part_volumes[*wanted.part] = wanted.volume;
    if (wanted.volume == 1) settings_.part_volumes.erase(*wanted.part);
    out.push_back(effect::SaveRoom{});
    for (const PersonId id : people_.singers()) {
      const Person& person = *find(id);
      if (person.connected() && person.part == *wanted.part) out.push_back(admission(person));
    }
  } else {
    if (find(*wanted.person) == nullptr) return control::nobody();
    const Person& person = people_.change(*wanted.person, [&](Person& p) { p.volume = wanted.volume; });
    if (person.connected()) out.push_back(admission(person));
    save(person.id, out);
  }
  tell_console(out);
  return {};
}

bool Room::reserve_solo() {
  if (!limits_.reserve_solo(ring_blocks_)) return false;
  has_solo_ = true;
  return true;
}

Room::Answer Room::solo(const Person&, const control::Solo& wanted, Moment, Effects& out) {
  const Person* found = find(wanted.person);
  if (found == nullptr) return control::nobody();
  if (found->soloed == wanted.on) return {};
  if (found->role != Role::kSinger) return refuse("not_allowed", phrase("listener_cannot_be_soloed"));
  // Between songs there is no memory; the next song has it from its beginning.
  if (wanted.on && ring_blocks_ != 0 && !has_solo_ && !reserve_solo()) return tl::unexpected(no_memory());
  const Person& person = people_.change(wanted.person, [&](Person& p) { p.soloed = wanted.on; });
  if (person.connected()) out.push_back(admission(person));
  look_after_console(out);
  tell_console(out);
  return {};
}

Room::Answer Room::listen(const Person& by, const control::Listen& wanted, Moment, Effects& out) {
  if (wanted.solo && by.role == Role::kSinger) return refuse("not_allowed", phrase("singer_hears_the_room"));
  if (by.hears_solo == wanted.solo) return {};
  const Person& person = people_.change(by.id, [&](Person& p) { p.hears_solo = wanted.solo; });
  out.push_back(admission(person));
  told_solo_offset_ = solo_offset();
  tell(std::set<PersonId>{by.id}, control::Listening{wanted.solo, wanted.solo ? told_solo_offset_ : std::nullopt}.to_json(), out);
  return {};
}

Room::Answer Room::watch_console(const Person& by, const control::WatchConsole& wanted, Moment, Effects& out) {
  const Person& person = people_.change(by.id, [&](Person& p) { p.watches = wanted.open; });
  out.push_back(admission(person));
  look_after_console(out);
  if (wanted.open) tell(std::set<PersonId>{by.id}, shown_console().to_json(), out);
  return {};
}

int Room::solo_bucket() const {
  int latest = 0;
  for (const PersonId id : people_.soloed()) latest = std::max(latest, find(id)->bucket);
  return std::min(latest, settings_.buckets);
}

std::optional<int64_t> Room::solo_offset() const {
  if (people_.soloed().empty()) return std::nullopt;
  RoomState now = state();
  if (ring_blocks_ == 0) now.ring_blocks = ring_blocks(settings_);
  return now.solo_offset().count;
}

void Room::look_after_console(Effects& out) {
  const int bucket = solo_bucket();
  const bool watched = !people_.watching().empty();
  if (bucket != told_solo_bucket_ || watched != told_watched_) {
    told_solo_bucket_ = bucket;
    told_watched_ = watched;
    out.push_back(effect::Publish{});
  }
  if (people_.hearing_solo().empty()) return;
  const auto offset = solo_offset();
  if (std::exchange(told_solo_offset_, offset) == offset) return;
  tell(people_.hearing_solo(), control::Listening{true, offset}.to_json(), out);
}

control::Console Room::shown_console() const {
  control::Console out;
  for (const auto& [id, person] : people_.all()) {
    if (person.volume != 1) out.volumes[id_text(id)] = person.volume;
  }
  out.parts = settings_.part_volumes;
  for (const auto& [id, tally] : lateness_.all()) {
    if (tally.late > 0) out.late[id_text(id)] = {tally.late, tally.songs};
  }
  for (const PersonId id : people_.soloed()) out.solo.push_back(id_text(id));
  return out;
}

void Room::tell_console(Effects& out) const {
  if (!people_.watching().empty()) tell(people_.watching(), shown_console().to_json(), out);
}

void Room::levels(const std::vector<LevelReport>& reports, Effects& out) const {
  if (people_.watching().empty()) return;
  control::Levels message;
  for (const LevelReport& report : reports) {
    const Person* person = find_session(report.session);
    if (person == nullptr) continue;
    const auto loop = loops_.find(person->id);
    const bool known = loop != loops_.end();
    message.people.push_back({.id = id_text(person->id),
                              .peak_db = report.peak_db,
                              .level_db = report.level_db,
                              .after_db = report.after_db,
                              .noise_db = report.noise_db,
                              .clips = report.clips,
                              .loop_ms = known ? loop->second.loop_ms() : std::nullopt,
                              .late_percent = known ? loop->second.late_percent() : 0});
  }
  tell(people_.watching(), message.to_json(), out);
}

}  // namespace roundelay
