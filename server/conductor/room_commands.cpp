// What people in a room may command, and what follows from it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "server/conductor/fields.h"
#include "server/conductor/interval.h"
#include "server/conductor/room.h"
#include "server/conductor/text.h"

namespace roundelay {

using nlohmann::json;

namespace {

tl::unexpected<Refusal> refuse(std::string code, std::string message) {
  return tl::unexpected(Refusal{std::move(code), std::move(message)});
}

}  // namespace

void Room::command(SessionId session, const json& message, Moment now, Effects& out) {
  const Person* found = find_session(session);
  if (found == nullptr) return;
  const Person& by = *found;

  using Handler = Answer (Room::*)(const Person&, const json&, Moment, Effects&);
  static constexpr std::pair<std::string_view, Handler> kHandlers[] = {
      {"lead", &Room::lead},
      {"track", &Room::choose_track},
      {"start", &Room::start},
      {"stop", &Room::stop},
      {"bucket", &Room::move},
      {"mute", &Room::mute},
      {"role", &Room::change_role},
      {"name", &Room::rename},
      {"settings", &Room::change_settings},
      {"delete_track", &Room::delete_track},
  };
  const std::string type = text_field(message, "type").value;
  const auto* handler =
      std::find_if(std::begin(kHandlers), std::end(kHandlers), [&](const auto& entry) { return entry.first == type; });
  Answer answer;
  if (type == "hello") {
    answer = refuse("bad_message", "You are in the room already; hello is only the first message.");
  } else if (handler == std::end(kHandlers)) {
    answer = refuse("unknown_type", "There is no message of this type.");
  } else {
    answer = (this->*handler->second)(by, message, now, out);
  }
  if (!answer) out.push_back(effect::ToSession{session, error_json(answer.error(), type.substr(0, 40))});
}

Room::Answer Room::lead(const Person& by, const json&, Moment now, Effects& out) {
  if (by.role != Role::kSinger) return refuse("not_allowed", "A listener cannot lead; become a singer first.");
  if (song_is_on(now)) return refuse("song_lasts", "The lead can be taken when the song is over everywhere.");
  const std::optional<PersonId> before = leader_;
  std::set<PersonId> moved{by.id};
  if (before && find(*before) != nullptr) moved.insert(*before);
  const auto place = [&](PersonId id, int bucket) {
    if (find(id)->bucket == bucket) return;
    people_.change(id, [&](Person& person) { person.bucket = bucket; });
    moved.insert(id);
  };
  set_leader(by.id, out);
  place(by.id, 1);
  std::vector<PersonId> dealt;
  std::vector<int> classes;
  std::vector<PersonId> lost;
  for (const PersonId id : people_.singers()) {
    if (id == by.id) continue;
    if (!find(id)->connected()) {
      lost.push_back(id);
      continue;
    }
    dealt.push_back(id);
    const auto loop = loops_.find(id);
    classes.push_back(speed_class(loop == loops_.end() ? std::nullopt : loop->second.loop_ms(), limits_.least_interval_ms));
  }
  const std::vector<int> buckets = deal(classes, settings_.buckets, random_);
  for (size_t i = 0; i < dealt.size(); ++i) place(dealt[i], buckets[i]);
  // Whose connection is lost takes nobody's place: she comes back as a late joiner would.
  std::vector<int> singers(static_cast<size_t>(settings_.buckets), 0);
  for (const int bucket : buckets) ++singers[static_cast<size_t>(bucket - 1)];
  for (const PersonId id : lost) {
    const int bucket = late_singer_bucket(singers);
    ++singers[static_cast<size_t>(bucket - 1)];
    place(id, bucket);
  }
  const int last = last_position(static_cast<int>(dealt.size()), settings_.buckets);
  for (const auto& [id, person] : people_.all()) {
    if (person.role == Role::kListener) place(id, last);
  }
  for (const PersonId id : moved) changed(id, out);
  out.push_back(notice(by.name + " leads."));
  return {};
}

Room::Answer Room::choose_track(const Person& by, const json& message, Moment, Effects& out) {
  if (!is_leader(by) && !by.organiser) return refuse("not_allowed", "Only the leader or the organiser can choose the track.");
  const Field<std::string> id = text_field(message, "track");
  if (!id.valid || !message.contains("track")) return refuse("bad_message", "track must be the id of a track, or null for none.");
  if (id.present && find_track(id.value) == nullptr) return refuse("no_track", "This room has no such track.");
  chosen_track_ = id.present ? std::optional(id.value) : std::nullopt;
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{tracks_message()});
  return {};
}

Room::Answer Room::start(const Person& by, const json&, Moment now, Effects& out) {
  if (!leader_) return refuse("no_leader", "Nobody leads yet: somebody has to take the lead first.");
  if (!is_leader(by)) return refuse("not_allowed", "Only the leader can start the song.");
  if (!song_is_on(now)) {
    begin_song(now, out);
    return {};
  }
  if (!song_sung(song_, now.position, settings_.offset_of(by.bucket))) return refuse("song_lasts", "The song lasts already.");
  // The last buckets are still hearing the last song. A room has one song at a time: the next one begins when they are done.
  if (!std::exchange(start_waits_, true)) out.push_back(notice("The next song starts when everybody has heard this one."));
  return {};
}

void Room::begin_song(Moment now, Effects& out) {
  const Track* track = chosen_track_ ? find_track(*chosen_track_) : nullptr;
  Song next;
  next.number = song_.number == UINT32_MAX ? 1 : song_.number + 1;
  next.start = song_start(now.position, limits_.lead_in);
  if (track != nullptr) {
    Digest digest{};
    if (from_hex(track->sha256, digest)) {
      next.digest = digest;
      next.track = *track;
    }
  }
  next.end = song_end(next.start, next.track);
  song_ = std::move(next);
  song_was_on_ = true;
  const int interval = settings_.automatic_interval ? automatic_interval_blocks() : settings_.interval_blocks;
  const bool other_interval = std::exchange(settings_.interval_blocks, interval) != interval;
  out.push_back(effect::Publish{});
  if (other_interval) out.push_back(effect::ToRoom{{{"type", "settings"}, {"settings", settings_json(settings_)}}});
  out.push_back(effect::ToRoom{{{"type", "song"}, {"song", song_json(now)}}});
  if (const Person* leader = find(*leader_)) out.push_back(notice(leader->name + " started the song."));
}

bool Room::may_stop(const Person& person) const {
  if (is_leader(person) || person.organiser) return true;
  const Person* leader = leader_ ? find(*leader_) : nullptr;
  const bool leader_is_here = leader != nullptr && leader->connected();
  const auto& organisers = people_.organisers();
  const bool organiser_is_here =
      std::any_of(organisers.begin(), organisers.end(), [this](PersonId id) { return find(id)->connected(); });
  return person.role == Role::kSinger && !leader_is_here && !organiser_is_here;
}

Room::Answer Room::stop(const Person& by, const json& message, Moment now, Effects& out) {
  const Field<bool> at_once = bool_field(message, "now");
  if (!at_once.valid) return refuse("bad_message", "now must be true or false.");
  if (!song_is_on(now)) return refuse("no_song", "There is no song to stop.");
  if (!may_stop(by)) return refuse("not_allowed", "Only the leader or the organiser can stop the song.");
  start_waits_ = false;
  const bool halt = at_once.value || !is_leader(by);
  const Position end = halt ? halt_end(song_, now.position, settings_.last_offset())
                            : leader_end(song_, now.position, settings_.offset_of(by.bucket));
  if (end == song_.end) return {};
  song_.end = end;
  out.push_back(effect::Publish{});
  out.push_back(notice(by.name + " stopped the song."));
  if (song_is_on(now)) {
    out.push_back(effect::ToRoom{{{"type", "song"}, {"song", song_json(now)}}});
  } else {
    tick(now, out);  // over at once: announced there
  }
  return {};
}

Room::Answer Room::move(const Person& by, const json& message, Moment, Effects& out) {
  const Field<int64_t> bucket = integer_field(message, "bucket", 1, settings_.buckets);
  if (!bucket.present || !bucket.valid)
    return refuse("bad_bucket", "This room has buckets 1 to " + std::to_string(settings_.buckets) + ".");
  people_.change(by.id, [&](Person& person) { person.bucket = static_cast<int>(bucket.value); });
  changed(by.id, out);
  return {};
}

Room::Answer Room::mute(const Person& by, const json& message, Moment, Effects& out) {
  const Field<bool> muted = bool_field(message, "muted");
  if (!muted.present || !muted.valid) return refuse("bad_message", "muted must be true or false.");
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
    if (!listeners_named_) out.push_back(effect::ToRoom{{{"type", "person"}, {"person", shown(by)}}});
  }
  name_listeners(now, out);
  changed(by.id, out);
  return {};
}

Room::Answer Room::rename(const Person& by, const json& message, Moment, Effects& out) {
  const Field<std::string> name = text_field(message, "name");
  if (!name.present || !name.valid) return refuse("bad_name", "name must be a text of 1 to 40 characters.");
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
  out.push_back(effect::ToRoom{{{"type", "settings"}, {"settings", settings_json(settings_)}}});
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
  if (!id.present || !id.valid) return refuse("bad_message", "track must be the id of a track.");
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
  out.push_back(effect::ToRoom{tracks_message()});
  return {};
}

}  // namespace roundelay
