// What people in a room may command, and what follows from it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "server/base/text.h"
#include "server/room/room.h"
#include "server/wire/control/done.h"
#include "server/wire/control/error.h"
#include "server/wire/control/person.h"
#include "server/wire/control/settings.h"
#include "server/wire/control/tracks.h"

namespace roundelay {

using nlohmann::json;

void Room::command(SessionId session, const json& message, Moment now, Effects& out) {
  const Person* found = find_session(session);
  if (found == nullptr) return;
  const Person& by = *found;

  using Handler = Answer (Room::*)(const Person&, const json&, Moment, Effects&);
  static constexpr std::pair<std::string_view, Handler> kHandlers[] = {
      {"lead", &Room::lead},
      {"give_lead", &Room::give_lead},
      {"keep_lead", &Room::keep_lead},
      {"track", &Room::choose_track},
      {"start", &Room::start},
      {"stop", &Room::stop},
      {"bucket", &Room::move},
      {"mute", &Room::mute},
      {"role", &Room::change_role},
      {"name", &Room::rename},
      {"settings", &Room::change_settings},
      {"delete_track", &Room::delete_track},
      {"leave", &Room::leave},
  };
  const std::string type = text_field(message, "type").value;
  const auto* handler =
      std::find_if(std::begin(kHandlers), std::end(kHandlers), [&](const auto& entry) { return entry.first == type; });
  const Field<int64_t> request = request_id(message);
  Answer answer;
  if (!request.valid) {
    answer = refuse("bad_message", kBadRequestId);
  } else if (type == "hello") {
    answer = refuse("bad_message", "You are in the room already; hello is only the first message.");
  } else if (handler == std::end(kHandlers)) {
    answer = refuse("unknown_type", "There is no message of this type.");
  } else {
    answer = (this->*handler->second)(by, message, now, out);
  }
  const bool left = answer.has_value() && type == "leave";
  if (!answer) {
    out.push_back(effect::ToSession{session, control::Error::answering(message, answer.error()).to_json()});
  } else if (request.present) {
    const control::Done done{request.value, type.substr(0, kMaxAbout), now.position.samples, *std::move(answer)};
    out.push_back(effect::ToSession{session, done.to_json()});
  }
  if (left) out.push_back(effect::Expel{session, kCloseLeft, "You have left."});
}

Room::Answer Room::choose_track(const Person& by, const json& message, Moment, Effects& out) {
  if (!is_leader(by) && !by.organiser) return refuse("not_allowed", "Only the leader or the organiser can choose the track.");
  const Field<std::string> id = text_field(message, "track");
  if (!id.valid || !message.contains("track")) return refuse("bad_message", "track must be the id of a track, or null for none.");
  if (id.present && find_track(id.value) == nullptr) return refuse("no_track", "This room has no such track.");
  chosen_track_ = id.present ? std::optional(id.value) : std::nullopt;
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{shown_tracks().to_json()});
  return {};
}

Room::Answer Room::move(const Person& by, const json& message, Moment, Effects& out) {
  const Field<int64_t> bucket = integer_field(message, "bucket", 1, settings_.buckets);
  if (!bucket.given()) return refuse("bad_bucket", "This room has buckets 1 to " + std::to_string(settings_.buckets) + ".");
  people_.change(by.id, [&](Person& person) { person.bucket = static_cast<int>(bucket.value); });
  changed(by.id, out);
  return {};
}

Room::Answer Room::mute(const Person& by, const json& message, Moment, Effects& out) {
  const Field<bool> muted = bool_field(message, "muted");
  if (!muted.given()) return refuse("bad_message", "muted must be true or false.");
  people_.change(by.id, [&](Person& person) { person.muted = muted.value; });
  changed(by.id, out);
  return {};
}

Room::Answer Room::change_role(const Person& by, const json& message, Moment now, Effects& out) {
  const std::optional<Role> role = role_from(text_field(message, "role").value);
  if (!role) return refuse("bad_message", "role must be singer or listener.");
  if (*role == Role::kListener && is_leader(by)) {
    if (song_is_on(now)) return refuse("song_lasts", "The leader cannot become a listener while the song lasts.");
    set_leader(std::nullopt, out);
  }
  if (*role == by.role) return {};
  if (*role == Role::kSinger && static_cast<int>(people_.singers().size()) >= limits_.max_singers)
    return refuse("room_full_singers", "This room is full of singers.");
  people_.change(by.id, [&](Person& person) { person.role = *role; });
  if (*role == Role::kListener) {
    loops_.erase(by.id);
    // Where listeners are not named, this is the last that the others hear of her.
    if (!listeners_named_) out.push_back(effect::ToRoom{control::PersonNews{shown(by)}.to_json()});
  }
  name_listeners(now, out);
  changed(by.id, out);
  return {};
}

Room::Answer Room::rename(const Person& by, const json& message, Moment, Effects& out) {
  const Field<std::string> name = text_field(message, "name");
  if (!name.given()) return refuse("bad_name", "name must be a text of 1 to 40 characters.");
  auto checked = checked_name(name.value);
  if (!checked) return refuse("bad_name", checked.error());
  people_.change(by.id, [&](Person& person) { person.name = *std::move(checked); });
  changed(by.id, out);
  return {};
}

Room::Answer Room::change_settings(const Person& by, const json& message, Moment now, Effects& out) {
  if (!is_leader(by) && !by.organiser)
    return refuse("not_allowed", "Only the leader or the organiser can change the room's settings.");
  if (song_is_on(now)) return refuse("song_lasts", "The settings can be changed when the song is over everywhere.");
  const auto next = changed_settings(settings_, message, limits_.lane_blocks);
  if (!next) return refuse("bad_setting", next.error());
  if (*next == settings_) return {};
  settings_ = *next;
  song_.start = song_.end;  // the last song is over; larger offsets must not bring it back
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

Room::Answer Room::delete_track(const Person& by, const json& message, Moment, Effects& out) {
  const Field<std::string> id = text_field(message, "track");
  if (!id.given()) return refuse("bad_message", "track must be the id of a track.");
  const auto it = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& track) { return track.id == id.value; });
  if (it == tracks_.end()) return refuse("no_track", "This room has no such track.");
  if (!by.organiser && it->uploader != by.id)
    return refuse("not_allowed", "Only the organiser or who uploaded a track can delete it.");
  const Track track = *it;
  tracks_.erase(it);
  if (chosen_track_ == track.id) {
    chosen_track_.reset();
    out.push_back(effect::SaveRoom{});
  }
  out.push_back(effect::DeleteTrack{track});
  out.push_back(effect::ToRoom{shown_tracks().to_json()});
  return {};
}

Room::Answer Room::leave(const Person& by, const json&, Moment now, Effects& out) {
  const Person gone = by;
  const bool led = is_leader(gone);
  if (gone.stored) out.push_back(effect::SavePerson{gone, false});
  remove(gone, now, out);
  if (gone.robot || (!listeners_named_ && gone.role == Role::kListener)) return {};
  const bool endless = led && song_is_on(now) && song_.end.samples == kNoEnd;
  out.push_back(notice(gone.name + (endless ? " led and has left: any singer may stop the song now." : " has left.")));
  return {};
}

}  // namespace roundelay
