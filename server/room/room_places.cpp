// Who stands in which bucket, but for the dealing that comes with a lead (room_lead.cpp).
#include <nlohmann/json.hpp>
#include <vector>

#include "server/room/interval.h"
#include "server/room/room.h"
#include "server/room/round.h"
#include "server/wire/control/move.h"

namespace roundelay {

Room::Answer Room::move(const Person& by, const control::Move& wanted, Moment, Effects& out) {
  to_place_.erase(by.id);
  people_.change(by.id, [&](Person& person) { person.bucket = wanted.bucket; });
  changed(by.id, out);
  return {};
}

// Who comes into a song waits in the last bucket, where she disturbs nobody, until her loop time is known; in a round in the last
// one whose voices come in time to be heard again.
int Room::place_for(const Person& person, Moment now) {
  const Role role = person.role;
  if (role == Role::kSinger) {
    if (const int fixed = fixed_bucket(person); fixed != 0) return fixed;
    if (song_is_on(now)) {
      to_place_.insert(person.id);
      return last_round_bucket(song_.plan, settings_);
    }
  }
  const Person* leader = leader_ ? find(*leader_) : nullptr;
  const bool leader_sings = leader != nullptr && leader->role == Role::kSinger;
  const int followers = static_cast<int>(people_.singers().size()) - (leader_sings ? 1 : 0);
  if (role == Role::kListener) return last_position(followers, settings_.buckets);
  std::vector<int> singers;
  for (int bucket = 1; bucket <= settings_.buckets; ++bucket) singers.push_back(people_.singers_in(bucket));
  if (leader_sings) --singers.at(static_cast<size_t>(leader->bucket - 1));
  return late_singer_bucket(singers);
}

void Room::place_late(Moment now, Effects& out) {
  if (to_place_.empty()) return;
  if (!song_is_on(now)) return to_place_.clear();  // they are dealt with the others when somebody leads
  for (auto it = to_place_.begin(); it != to_place_.end();) {
    const PersonId id = *it;
    const auto loop = loops_.find(id);
    if (loop == loops_.end() || !loop->second.of_many()) {
      ++it;
      continue;
    }
    it = to_place_.erase(it);
    const bool fits = interval_blocks_for(*loop->second.loop_ms(), limits_.least_interval_ms) <= settings_.interval_blocks;
    const int last = last_round_bucket(song_.plan, settings_);
    std::vector<int> singers;
    for (int bucket = 1; bucket <= last; ++bucket) singers.push_back(people_.singers_in(bucket));
    if (find(id)->bucket <= last) --singers.at(static_cast<size_t>(find(id)->bucket - 1));
    const int bucket = bucket_of_voice(*find(id), fits ? late_singer_bucket(singers) : last);
    if (bucket == find(id)->bucket) {
      tell(*find(id), phrase("sings_in_the_last_group"), out);
      continue;
    }
    people_.change(id, [&](Person& person) { person.bucket = bucket; });
    changed(id, out);
    tell(*find(id), phrase("fast_enough_for_group", {{"group", bucket}}), out);
  }
}

// Between songs: those whose part is fixed go where it belongs.
void Room::move_fixed(Effects& out) {
  std::vector<PersonId> moved;
  for (const PersonId id : people_.singers()) {
    const Person& person = *find(id);
    const int fixed = fixed_bucket(person);
    if (fixed != 0 && fixed != person.bucket && !is_leader(person)) moved.push_back(id);
  }
  for (const PersonId id : moved) {
    people_.change(id, [&](Person& person) { person.bucket = fixed_bucket(person); });
    changed(id, out);
  }
}

}  // namespace roundelay
