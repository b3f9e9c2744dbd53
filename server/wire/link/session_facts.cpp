#include "server/wire/link/session_facts.h"

#include "mixer/room_state.h"
#include "server/wire/control/fields.h"

namespace roundelay::link {
nlohmann::json facts_json(uint64_t session, const SessionFacts& facts) {
  nlohmann::json out = {
      {"session", session},           {"person", facts.person}, {"generation", facts.generation}, {"room", facts.room},
      {"name", facts.name},           {"bucket", facts.bucket}, {"role", role_text(facts.role)},  {"muted", facts.muted},
      {"organiser", facts.organiser}, {"robot", facts.robot}};
  if (facts.row >= 0) out["row"] = facts.row;
  // What is rare is told only when it is so.
  if (facts.soloed) out["soloed"] = true;
  if (facts.hears_solo) out["hears_solo"] = true;
  if (facts.watches) out["watches"] = true;
  if (facts.left_out) out["left_out"] = true;
  if (facts.hears_part) out["hears_part"] = true;
  return out;
}

std::optional<SessionFacts> read_facts(const nlohmann::json& object) {
  const auto person = integer_field(object, "person", 1, kMaxNumber);
  const auto generation = integer_field(object, "generation", 1, UINT32_MAX);
  const auto bucket = integer_field(object, "bucket", 1, kMaxBuckets);
  const auto role = role_from(text_field(object, "role").value);
  const auto row = integer_field(object, "row", 0, INT32_MAX);
  SessionFacts facts;
  if (!person.given() || !generation.given() || !bucket.given() || !role || !row.valid) return std::nullopt;
  facts.person = static_cast<uint64_t>(person.value);
  facts.role = *role;
  if (row.present) facts.row = static_cast<int>(row.value);
  facts.generation = static_cast<uint32_t>(generation.value);
  facts.room = text_field(object, "room").value;
  facts.name = text_field(object, "name").value;
  facts.bucket = static_cast<int>(bucket.value);
  facts.muted = bool_field(object, "muted").value;
  facts.organiser = bool_field(object, "organiser").value;
  facts.robot = bool_field(object, "robot").value;
  facts.soloed = bool_field(object, "soloed").value;
  facts.hears_solo = bool_field(object, "hears_solo").value;
  facts.watches = bool_field(object, "watches").value;
  facts.left_out = bool_field(object, "left_out").value;
  facts.hears_part = bool_field(object, "hears_part").value;
  constexpr double kMostGain = 1'001;  // two volumes of 2
  if (const auto gain = number_field(object, "gain", 0, kMostGain); gain.given()) facts.gain = gain.value;
  facts.leader = bool_field(object, "leader").value;
  facts.part = text_field(object, "part").value;
  if (const auto lane = integer_field(object, "part_lane", 0, int64_t{kMostParts} - 1); lane.given())
    facts.part_lane = static_cast<int>(lane.value);
  return facts;
}

}  // namespace roundelay::link
