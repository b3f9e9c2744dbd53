#include "server/room/rules.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/base/text.h"
#include "server/base/tokens.h"
#include "server/wire/control/change_room.h"

namespace roundelay {

int RoomRules::bucket_of(const std::string& part, int buckets) const {
  const auto fixed = part_buckets.find(part);
  return fixed == part_buckets.end() || fixed->second > buckets ? 0 : fixed->second;
}

bool RoomRules::has_part(const std::string& part) const {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

std::string RoomRules::live_path() const {
  return live.empty() ? std::string() : "/live/" + live + ".ogg";
}

uint32_t RoomRules::live_number() const {
  if (live.empty()) return 0;
  const std::string hash = key_hash(live);
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<uint8_t>(hash[i]);
  return std::max<uint32_t>(number, 1);
}

bool Program::has_token(const std::string& token) const {
  std::string hash(token_hash.size() / 2, '\0');
  return !hash.empty() && from_hex(token_hash, {reinterpret_cast<uint8_t*>(hash.data()), hash.size()}) && key_fits(token, hash);
}

uint64_t Program::person() const {
  uint64_t number = 0;
  for (const char digit : token_hash.substr(0, 13))
    number = number * 16 + static_cast<uint64_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  return std::max<uint64_t>(number, 1);
}

const Program* RoomRules::program_of(const std::string& token) const {
  const auto found = std::find_if(programs.begin(), programs.end(), [&](const Program& each) { return each.has_token(token); });
  return found == programs.end() ? nullptr : &*found;
}

nlohmann::json stored_rules(const RoomRules& rules) {
  nlohmann::json programs = nlohmann::json::array();
  for (const Program& each : rules.programs)
    programs.push_back({{"id", each.id}, {"name", each.name}, {"token", each.token_hash}, {"made", each.made_ms}});
  return {{"meeting", rules.meeting ? rules.meeting->to_json() : nlohmann::json(nullptr)},
          {"start_muted", rules.start_muted ? nlohmann::json(*rules.start_muted) : nlohmann::json(nullptr)},
          {"programs", std::move(programs)},
          {"live", rules.live},
          {"last_program", rules.last_program},
          {"locked", rules.locked},
          {"chat", rules.chat},
          {"leads", rules.appointed ? control::kAppointedLead : control::kSingersLead},
          {"password", rules.password_hash},
          {"password_set", rules.password_set_s},
          {"parts", rules.parts},
          {"part_buckets", rules.part_buckets},
          {"recording", policy_text(rules.recording)},
          {"recordings_for", rules.recordings_for_all ? kForEveryone : kForOrganiser},
          {"recordings_days", rules.recordings_days}};
}

RoomRules rules_from_stored(const nlohmann::json& stored, std::string name, bool listed) {
  RoomRules rules;
  rules.name = std::move(name);
  rules.listed = listed;
  rules.locked = bool_field(stored, "locked").value;
  if (const auto chat = bool_field(stored, "chat"); chat.given()) rules.chat = chat.value;
  rules.password_hash = text_field(stored, "password").value;
  rules.password_set_s = integer_field(stored, "password_set", 0, kMaxNumber).value;
  rules.live = text_field(stored, "live").value;
  rules.last_program = static_cast<int>(integer_field(stored, "last_program", 0, INT32_MAX).value);
  if (const nlohmann::json* programs = find_field(stored, "programs"); programs != nullptr && programs->is_array()) {
    for (const nlohmann::json& each : *programs) {
      const Program program{.id = text_field(each, "id").value,
                            .name = text_field(each, "name").value,
                            .token_hash = text_field(each, "token").value,
                            .made_ms = integer_field(each, "made", 0, kMaxNumber).value};
      if (!program.id.empty() && !program.token_hash.empty()) rules.programs.push_back(program);
    }
  }
  // The rest is what a client may ask for.
  nlohmann::json wish = nlohmann::json::object();
  for (const char* key :
       {"leads", "parts", "part_buckets", "recording", "recordings_for", "recordings_days", "meeting", "start_muted"}) {
    if (const nlohmann::json* value = find_field(stored, key)) wish[key] = *value;
  }
  if (const auto read = control::ChangeRoom::read(wish)) {
    if (read->appointed) rules.appointed = *read->appointed;
    if (read->parts) rules.parts = *read->parts;
    if (read->part_buckets) rules.part_buckets = *read->part_buckets;
    if (read->recording) rules.recording = *read->recording;
    if (read->recordings_for_all) rules.recordings_for_all = *read->recordings_for_all;
    if (read->recordings_days) rules.recordings_days = *read->recordings_days;
    if (read->meeting) rules.meeting = *read->meeting;
    if (read->start_muted) rules.start_muted = *read->start_muted;
  }
  return rules;
}

}  // namespace roundelay
