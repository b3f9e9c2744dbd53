// Who was steadily early or late in the last song, and who is told of it.
#include "server/base/text.h"
#include "server/room/room.h"
#include "server/wire/control/corrected.h"
#include "server/wire/control/timing.h"

namespace roundelay {

void Room::timed(SessionId session, uint32_t song, int late_ms, Effects& out) {
  const Person* person = find_session(session);
  const bool old = song != song_.number && song + 1 != song_.number;
  // With an open loudspeaker her microphone may have heard the others, not her.
  if (person == nullptr || person->role != Role::kSinger || old || person->loudspeaker) return;
  if (timings_.take(person->id, song, late_ms)) tell_timing(*person, out);
}

Room::Answer Room::corrected(const Person& by, const control::Corrected&, Moment, Effects& out) {
  if (timings_.corrected(by.id)) tell_timing(by, out);
  return {};
}

void Room::tell_timing(const Person& about, Effects& out) const {
  tell(people_.with_office(), shown_timings(std::nullopt).to_json(), out);
  if (!about.has_office()) tell({about.id}, shown_timings(about.id).to_json(), out);
}

void Room::tell_known_timing(SessionId session, const Person& to, Effects& out) const {
  const control::Timing known = shown_timings(to.has_office() ? std::nullopt : std::optional(to.id));
  if (!known.people.empty()) out.push_back(effect::ToSession{session, known.to_json()});
}

control::Timing Room::shown_timings(std::optional<PersonId> whose) const {
  control::Timing out{.song = timings_.song(), .people = {}};
  for (const auto& [id, late_ms] : timings_.late_ms()) {
    if (!whose || *whose == id) out.people.push_back({id_text(id), late_ms});
  }
  return out;
}

}  // namespace roundelay
