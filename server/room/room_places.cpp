// Who stands in which bucket, but for the dealing that comes with a lead (room_lead.cpp).
#include <nlohmann/json.hpp>
#include <vector>

#include "server/room/room.h"
#include "server/wire/control/move.h"

namespace roundelay {

Room::Answer Room::move(const Person& by, const control::Move& wanted, Moment, Effects& out) {
  people_.change(by.id, [&](Person& person) { person.bucket = wanted.bucket; });
  changed(by.id, out);
  return {};
}

int Room::place_for(Role role) const {
  const Person* leader = leader_ ? find(*leader_) : nullptr;
  const bool leader_sings = leader != nullptr && leader->role == Role::kSinger;
  const int followers = static_cast<int>(people_.singers().size()) - (leader_sings ? 1 : 0);
  if (role == Role::kListener) return last_position(followers, settings_.buckets);
  std::vector<int> singers;
  for (int bucket = 1; bucket <= settings_.buckets; ++bucket) singers.push_back(people_.singers_in(bucket));
  if (leader_sings) --singers.at(static_cast<size_t>(leader->bucket - 1));
  return late_singer_bucket(singers);
}

}  // namespace roundelay
