#include "server/room/rules.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/wire/control/change_room.h"

namespace roundelay {

int RoomRules::bucket_of(const std::string& part, int buckets) const {
  const auto fixed = part_buckets.find(part);
  return fixed == part_buckets.end() || fixed->second > buckets ? 0 : fixed->second;
}

bool RoomRules::has_part(const std::string& part) const {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

nlohmann::json stored_rules(const RoomRules& rules) {
  return {{"locked", rules.locked},
          {"leads", rules.appointed ? control::kAppointedLead : control::kSingersLead},
          {"password", rules.password_hash},
          {"password_set", rules.password_set_s},
          {"parts", rules.parts},
          {"part_buckets", rules.part_buckets}};
}

RoomRules rules_from_stored(const nlohmann::json& stored, std::string name, bool listed) {
  RoomRules rules;
  rules.name = std::move(name);
  rules.listed = listed;
  rules.locked = bool_field(stored, "locked").value;
  rules.password_hash = text_field(stored, "password").value;
  rules.password_set_s = integer_field(stored, "password_set", 0, kMaxNumber).value;
  // The rest is what a client may ask for.
  nlohmann::json wish = nlohmann::json::object();
  for (const char* key : {"leads", "parts", "part_buckets"}) {
    if (const nlohmann::json* value = find_field(stored, key)) wish[key] = *value;
  }
  if (const auto read = control::ChangeRoom::read(wish)) {
    if (read->appointed) rules.appointed = *read->appointed;
    if (read->parts) rules.parts = *read->parts;
    if (read->part_buckets) rules.part_buckets = *read->part_buckets;
  }
  return rules;
}

}  // namespace roundelay
