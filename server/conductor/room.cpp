// People: who comes, goes, is lost and forgotten. What they command is in room_commands.cpp.
#include "server/conductor/room.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/opus.h"
#include "mixer/gain.h"
#include "server/conductor/text.h"

namespace roundelay {

using nlohmann::json;

json error_json(const Refusal& refusal, const std::string& about) {
  json message = {{"type", "error"}, {"code", refusal.code}, {"message", refusal.message}};
  if (!about.empty()) message["about"] = about;
  return message;
}

json track_json(const Track& track) {
  return {{"id", track.id}, {"name", track.name}, {"seconds", track.seconds}, {"channels", track.channels}};
}

Room::Room(std::string id, std::string name, RoomSettings settings, std::vector<Track> tracks,
           std::optional<std::string> chosen_track, const RoomLimits& limits, RandomBelow random, int64_t now_ns)
    : id_(std::move(id)),
      name_(std::move(name)),
      settings_(settings),
      tracks_(std::move(tracks)),
      limits_(limits),
      random_(std::move(random)),
      empty_since_ns_(now_ns) {
  if (chosen_track && find_track(*chosen_track) != nullptr) chosen_track_ = std::move(chosen_track);
}

void Room::adopt(const RoomState& state, Moment now) {
  settings_ = {.interval_blocks = state.interval_blocks,
               .first_offset_blocks = state.first_offset_blocks,
               .buckets = std::clamp(state.bucket_count, 2, kMaxBuckets),
               .automatic_gain = state.automatic_gain != 0};
  song_ = {.number = state.song_number, .start = {state.song_start}, .end = {state.song_end}, .digest = {}, .track = {}};
  if (state.has_track != 0) {
    song_.digest = state.track;
    const std::string sha256 = hex(state.track);
    for (const Track& track : tracks_) {
      if (track.sha256 == sha256) song_.track = track;
    }
  }
  if (state.has_leader != 0) leader_ = state.leader;
  song_was_on_ = song_is_on(now);
  settled_ = false;
}

void Room::settle(Moment, Effects& out) {
  if (settled_) return;
  settled_ = true;
  for (const auto& [id, person] : people_) {
    if (!person.connected())
      out.push_back(effect::ToRoom{{{"type", "person"}, {"person", person_json(person, is_leader(person))}}});
  }
  if (leader_ && find(*leader_) == nullptr) set_leader(std::nullopt, out);
}

void Room::restore(Person person, Moment now) {
  person.session.reset();
  person.lost_ns = now.ns;
  person.bucket = std::clamp(person.bucket, 1, settings_.buckets);
  people_.insert_or_assign(person.id, std::move(person));
}

void Room::take_session(Person& person, SessionId session, Effects& out) {
  if (person.session && *person.session != session) {
    out.push_back(effect::Expel{*person.session, kCloseElsewhere, "You have connected elsewhere."});
    sessions_.erase(*person.session);
  }
  person.session = session;
  sessions_[session] = person.id;
}

void Room::attach(SessionId session, Person facts, Moment, Effects& out) {
  facts.bucket = std::clamp(facts.bucket, 1, settings_.buckets);
  const auto [it, fresh] = people_.try_emplace(facts.id, facts);
  Person& person = it->second;
  if (fresh) person.session.reset();
  take_session(person, session, out);
  const bool same = person.name == facts.name && person.bucket == facts.bucket && person.role == facts.role &&
                    person.muted == facts.muted && person.organiser == facts.organiser && person.robot == facts.robot;
  // The shard does not say whom it takes for the leader: tell it in any case.
  out.push_back(effect::Admit{person, is_leader(person)});
  if (fresh) out.push_back(effect::SavePerson{person, true});
  if (settled_ || fresh || !same) {
    out.push_back(effect::ToRoom{{{"type", "person"}, {"person", person_json(person, is_leader(person))}}});
  }
}

tl::expected<void, Refusal> Room::join(SessionId session, const Hello& hello, Moment now, Effects& out) {
  auto it = people_.find(hello.person);
  if (it == people_.end()) {
    if (static_cast<int>(people_.size()) >= limits_.max_people) {
      return tl::unexpected(
          Refusal{"room_full", "This room is full: " + std::to_string(limits_.max_people) + " people are in it."});
    }
    if (hello.bucket && *hello.bucket > settings_.buckets) {
      return tl::unexpected(Refusal{"bad_bucket", "This room has buckets 1 to " + std::to_string(settings_.buckets) + "."});
    }
    Person person;
    person.id = hello.person;
    person.role = hello.role;
    person.bucket = hello.bucket ? *hello.bucket : place_for(hello.role);
    person.muted = hello.was_muted;
    person.organiser = hello.was_organiser && !hello.robot;
    person.robot = hello.robot;
    it = people_.emplace(person.id, std::move(person)).first;
  }
  Person& person = it->second;
  person.name = hello.name;
  if (hello.has_key && !person.robot) person.organiser = true;
  take_session(person, session, out);
  out.push_back(effect::Admit{person, is_leader(person)});
  out.push_back(effect::SavePerson{person, true});
  out.push_back(effect::ToSession{session, welcome(person, hello.token, now)});
  out.push_back(effect::ToRoom{{{"type", "person"}, {"person", person_json(person, is_leader(person))}}});
  return {};
}

void Room::lose(SessionId session, Moment now, Effects& out) {
  const auto it = sessions_.find(session);
  if (it == sessions_.end()) return;
  Person& person = people_.at(it->second);
  sessions_.erase(it);
  person.session.reset();
  person.lost_ns = now.ns;
  out.push_back(effect::SavePerson{person, true});
  if (settled_) out.push_back(effect::ToRoom{{{"type", "person"}, {"person", person_json(person, is_leader(person))}}});
}

void Room::tick(Moment now, Effects& out) {
  if (song_was_on_ && !song_is_on(now)) {
    song_was_on_ = false;
    out.push_back(effect::ToRoom{{{"type", "song"}, {"song", song_json(now)}}});
    if (song_.digest) out.push_back(effect::SongOver{*song_.digest});
  }
  if (start_waits_ && !song_is_on(now)) {
    start_waits_ = false;
    const Person* leader = leader_ ? find(*leader_) : nullptr;
    if (leader != nullptr && leader->connected()) begin_song(now, out);
  }
  for (auto it = people_.begin(); it != people_.end();) {
    const Person& person = it->second;
    if (person.connected() || now.ns - person.lost_ns < limits_.forget_person_ns) {
      ++it;
      continue;
    }
    out.push_back(effect::SavePerson{person, false});
    out.push_back(effect::ToRoom{{{"type", "gone"}, {"id", id_text(person.id)}}});
    const PersonId id = person.id;
    it = people_.erase(it);
    if (leader_ == id) set_leader(std::nullopt, out);
    if (people_.empty()) empty_since_ns_ = now.ns;
  }
}

void Room::add_track(Track track, Effects& out) {
  tracks_.push_back(std::move(track));
  out.push_back(effect::ToRoom{tracks_message()});
}

RoomState Room::state() const {
  RoomState state;
  state.song_number = song_.number;
  state.song_start = song_.start.samples;
  state.song_end = song_.end.samples;
  state.bucket_count = settings_.buckets;
  state.interval_blocks = settings_.interval_blocks;
  state.first_offset_blocks = settings_.first_offset_blocks;
  state.ring_blocks = ring_blocks(settings_);
  state.automatic_gain = settings_.automatic_gain ? 1 : 0;
  state.volume = kGlobalVolume;
  state.has_track = song_.digest ? 1 : 0;
  if (song_.digest) state.track = *song_.digest;
  state.has_leader = leader_ ? 1 : 0;
  state.leader = leader_.value_or(0);
  std::strncpy(state.id, id_.c_str(), sizeof state.id - 1);
  return state;
}

const Person* Room::find(PersonId person) const {
  const auto it = people_.find(person);
  return it == people_.end() ? nullptr : &it->second;
}

const Person* Room::find_session(SessionId session) const {
  const auto it = sessions_.find(session);
  return it == sessions_.end() ? nullptr : find(it->second);
}

bool Room::song_is_on(Moment now) const {
  return song_lasts(song_, now.position, settings_.last_offset());
}

int Room::connected_people() const {
  return static_cast<int>(sessions_.size());
}

int Room::connected_singers() const {
  return static_cast<int>(std::count_if(people_.begin(), people_.end(), [](const auto& entry) {
    return entry.second.connected() && entry.second.role == Role::kSinger;
  }));
}

int Room::connected_humans() const {
  return static_cast<int>(std::count_if(people_.begin(), people_.end(),
                                        [](const auto& entry) { return entry.second.connected() && !entry.second.robot; }));
}

std::optional<int64_t> Room::empty_since_ns() const {
  if (!people_.empty()) return std::nullopt;
  return empty_since_ns_;
}

void Room::set_leader(std::optional<PersonId> leader, Effects& out) {
  if (leader_ != leader) start_waits_ = false;
  leader_ = leader;
  out.push_back(effect::Publish{});
  out.push_back(effect::ToRoom{{{"type", "leader"}, {"leader", leader_ ? json(id_text(*leader_)) : json(nullptr)}}});
}

void Room::changed(const Person& person, Effects& out) const {
  if (person.connected()) out.push_back(effect::Admit{person, is_leader(person)});
  out.push_back(effect::SavePerson{person, true});
  out.push_back(effect::ToRoom{{{"type", "person"}, {"person", person_json(person, is_leader(person))}}});
}

int Room::followers() const {
  return static_cast<int>(std::count_if(people_.begin(), people_.end(), [this](const auto& entry) {
    return entry.second.role == Role::kSinger && !is_leader(entry.second);
  }));
}

int Room::place_for(Role role) const {
  if (role == Role::kListener) return last_position(followers(), settings_.buckets);
  std::vector<int> singers(static_cast<size_t>(settings_.buckets), 0);
  for (const auto& [id, person] : people_) {
    if (person.role == Role::kSinger && !is_leader(person)) ++singers[static_cast<size_t>(person.bucket - 1)];
  }
  return late_singer_bucket(singers);
}

const Track* Room::find_track(const std::string& id) const {
  const auto it = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& track) { return track.id == id; });
  return it == tracks_.end() ? nullptr : &*it;
}

json Room::song_json(Moment now) const {
  return {{"number", song_.number},
          {"start", song_.start.samples},
          {"end", song_.end.samples == kNoEnd ? json(nullptr) : json(song_.end.samples)},
          {"track", song_.track ? track_json(*song_.track) : json(nullptr)},
          {"state", song_is_on(now) ? "playing" : "none"}};
}

json Room::tracks_message() const {
  json tracks = json::array();
  for (const Track& track : tracks_) tracks.push_back(track_json(track));
  return {{"type", "tracks"}, {"tracks", tracks}, {"track", chosen_track_ ? json(*chosen_track_) : json(nullptr)}};
}

json Room::welcome(const Person& you, const std::string& token, Moment now) const {
  json message = tracks_message();
  message["type"] = "welcome";
  message["version"] = 1;
  message["you"] = person_json(you, is_leader(you));
  message["token"] = token;
  message["organiser"] = you.organiser;
  message["room"] = {{"id", id_}, {"name", name_}};
  message["people"] = json::array();
  for (const auto& [id, person] : people_) message["people"].push_back(person_json(person, is_leader(person)));
  message["leader"] = leader_ ? json(id_text(*leader_)) : json(nullptr);
  message["song"] = song_json(now);
  message["settings"] = settings_json(settings_);
  message["position"] = now.position.samples;
  message["mix_delay"] = kLowDelaySamples;
  message["backing_gain"] = 0.192;
  return message;
}

}  // namespace roundelay
