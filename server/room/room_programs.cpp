// Other programs that keep the room: their tokens, what they may do, and what they see of it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/base/tokens.h"
#include "server/room/commands.h"
#include "server/room/milliseconds.h"
#include "server/room/program_person.h"
#include "server/room/room.h"
#include "server/wire/control/live.h"
#include "server/wire/control/people.h"
#include "server/wire/control/program_token.h"
#include "server/wire/control/programs.h"
#include "server/wire/control/revoke_token.h"
#include "server/wire/control/welcome.h"

namespace roundelay {
namespace {

constexpr size_t kMostPrograms = 10;

}  // namespace

Room::Answer Room::make_program(const Person& by, const std::string& name, const std::string& token, Moment now, Effects& out) {
  if (rules_.programs.size() >= kMostPrograms) return refuse("not_allowed", phrase("room_has_all_programs"));
  if (token.empty()) return refuse("busy", phrase("no_token_made"));
  const std::string hash = key_hash(token);
  RoomRules next = rules_;
  Program program{.id = std::to_string(++next.last_program),
                  .name = name,
                  .token_hash = hex({reinterpret_cast<const uint8_t*>(hash.data()), hash.size()}),
                  .made_ms = now.position.samples / kSamplesPerMs};
  const std::string id = program.id;
  next.programs.push_back(std::move(program));
  rules_ = std::move(next);
  out.push_back(effect::SaveRoom{});
  tell_programs(out);
  out.push_back(notice(phrase("lets_a_program_keep_this_room", {{"name", by.name}, {"program", name}})));
  return control::ProgramTokenDone{id, token}.to_json();
}

Room::Answer Room::revoke_token(const Person& by, const control::RevokeToken& wanted, Moment, Effects& out) {
  const auto found = std::find_if(rules_.programs.begin(), rules_.programs.end(),
                                  [&](const Program& program) { return program.id == wanted.program; });
  if (found == rules_.programs.end()) return refuse("no_program", phrase("token_is_good_no_longer"));
  const std::string name = found->name;
  rules_.programs.erase(found);
  out.push_back(effect::SaveRoom{});
  tell_programs(out);
  out.push_back(notice(phrase("took_this_room_from_a_program", {{"name", by.name}, {"program", name}})));
  return {};
}

void Room::tell_programs(Effects& out) const {
  tell(people_.organisers(), shown_programs().to_json(), out);
}

control::Programs Room::shown_programs() const {
  control::Programs out;
  for (const Program& program : rules_.programs) out.programs.push_back({program.id, program.name, program.made_ms});
  return out;
}

Room::Answer Room::command_of_program(const Program& program, const nlohmann::json& message, Moment now, Effects& out) {
  Answer answer = carry_out(person_of(program), message, now, out);
  if (answer) tell_rights(out);
  return answer;
}

nlohmann::json Room::shown_to_programs(Moment now) const {
  control::Welcome all = overview(Person{}, now);
  for (const auto& [id, person] : people_.all()) {
    if (listeners_named_ || person.role == Role::kSinger) all.people.push_back(shown(person));
  }
  nlohmann::json out = all.to_json();
  // What is said to one person alone.
  for (const char* key : {"type", "version", "you", "token", "organiser", "rights", "mix_delay", "backing_gain"}) out.erase(key);
  if (!programme_.entries().empty()) out["programme"] = programme_.shown(true).to_json();
  if (!rules_.live.empty()) out["live"] = shown_live(true).live->to_json();
  return out;
}

}  // namespace roundelay
