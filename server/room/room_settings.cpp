// The room's settings are changed.
#include <nlohmann/json.hpp>
#include <vector>

#include "server/room/room.h"
#include "server/wire/control/change_settings.h"

namespace roundelay {

Room::Answer Room::change_settings(const Person&, const control::ChangeSettings& wanted, Moment now, Effects& out) {
  const bool line = wanted.changes_the_line();
  if (line && song_is_on(now)) return refuse("song_lasts", phrase("line_changes_in_silence"));
  const auto next = changed_settings(settings_, wanted, limits_.line_blocks());
  if (!next) return refuse("bad_setting", next.error());
  if (*next == settings_) return {};
  settings_ = *next;
  if (line) song_.start = song_.end;  // the last song is over; larger offsets must not bring it back
  out.push_back(effect::Publish{});
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{control::SettingsNews{as_shown(settings_)}.to_json()});
  std::vector<PersonId> moved;
  for (const auto& [id, person] : people_.all()) {
    if (person.bucket > settings_.buckets) moved.push_back(id);
  }
  for (const PersonId id : moved) {
    people_.change(id, [&](Person& person) { person.bucket = settings_.buckets; });
    changed(id, out);
  }
  return {};
}

}  // namespace roundelay
