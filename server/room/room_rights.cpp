// Who may do what, by the table of commands, and how people are told of it.
#include <nlohmann/json.hpp>
#include <utility>

#include "server/room/commands.h"
#include "server/room/room.h"
#include "server/wire/control/delete_track.h"
#include "server/wire/control/rights.h"

namespace roundelay {

// Where leaders are appointed and none of those who decide is there, any singer may: a room must never be one that nobody can
// use.
bool Room::may_lead(const Person& person) const {
  if (person.role != Role::kSinger || person.held) return false;  // nobody could follow her
  if (!rules_.appointed || person.may_lead || person.organiser || is_leader(person)) return true;
  if (leader_decides()) return false;
  for (const PersonId id : people_.organisers()) {
    if (find(id)->connected()) return false;
  }
  for (const PersonId id : people_.singers()) {
    const Person& other = *find(id);
    if (other.may_lead && other.connected()) return false;
  }
  return true;
}

bool Room::holds(const Person& person, Who who) const {
  switch (who) {
    case Who::kEverybody:
      return true;
    case Who::kUnlessHeld:
      return !person.held;
    case Who::kWhoMayLead:
      return may_lead(person);
    case Who::kLeader:
      return is_leader(person);
    case Who::kLeaderOrOrganiser:
      return is_leader(person) || person.organiser;
    case Who::kPrepares:
      return decides(person);
    case Who::kLeaderOrOffice:
      return is_leader(person) || person.has_office();
    case Who::kOrganiser:
    case Who::kOrganiserOrUploader:
      return person.organiser;
    case Who::kOrganiserOrEngineer:
      return person.has_office();
    case Who::kWhoMayStop:  // a song must never be one that nobody can end
      return is_leader(person) || person.organiser || (person.role == Role::kSinger && !leader_decides());
  }
  return false;
}

bool Room::may(const Person& person, const Command& command, const nlohmann::json& message) const {
  if (person.program) return programs_may(command);
  if (holds(person, command.who)) return true;
  if (command.who != Who::kOrganiserOrUploader) return false;
  // A track that is not there is nobody's: its command says so.
  const auto wanted = control::DeleteTrack::read(message);
  const Track* track = wanted ? find_track(wanted->track) : nullptr;
  return track == nullptr || track->uploader == person.id;
}

std::vector<std::string> Room::rights_of(const Person& person) const {
  std::vector<std::string> out;
  for (const Command& command : Commands::all()) {
    if (holds(person, command.who)) out.emplace_back(command.type);
  }
  return out;
}

uint64_t Room::rights_bits(const Person& person) const {
  static_assert(static_cast<unsigned>(Who::kWhoMayStop) < 64, "a further kind of people has no bit");
  uint64_t bits = 0;
  for (const Command& command : Commands::all()) {
    if (holds(person, command.who)) bits |= uint64_t{1} << static_cast<unsigned>(command.who);
  }
  return bits;
}

void Room::tell_rights(Effects& out) {
  if (!settled_) return;
  if (std::exchange(all_rights_due_, false)) {
    rights_due_.insert(people_.singers().begin(), people_.singers().end());
    rights_due_.insert(people_.with_office().begin(), people_.with_office().end());
  }
  for (const PersonId id : std::exchange(rights_due_, {})) {
    const Person* person = find(id);
    if (person == nullptr || !person->connected()) {
      told_rights_.erase(id);
      continue;
    }
    const uint64_t bits = rights_bits(*person);
    const auto [told, fresh] = told_rights_.try_emplace(id, bits);
    if (!fresh && std::exchange(told->second, bits) == bits) continue;
    out.push_back(effect::ToSession{*person->session, control::Rights{rights_of(*person), person->organiser}.to_json()});
    if (!fresh && programme_.has_hidden()) show_programme(*person->session, *person, out);
  }
}

}  // namespace roundelay
