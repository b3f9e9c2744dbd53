#include "server/singer/room_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace roundelay {
namespace {

using nlohmann::json;

// The readers below throw nlohmann's exceptions; apply_message turns them into false.
std::string text_or_empty(const json& in, const char* name) {
  const auto found = in.find(name);
  return found == in.end() || found->is_null() ? std::string() : found->get<std::string>();
}

RoomPerson to_person(const json& in) {
  RoomPerson person;
  person.id = in.at("id").get<std::string>();
  person.name = in.at("name").get<std::string>();
  person.bucket = in.at("bucket").get<int>();
  person.listener = in.at("role").get<std::string>() == "listener";
  person.muted = in.value("muted", false);
  person.connected = in.value("connected", true);
  person.robot = in.value("robot", false);
  return person;
}

RoomTrack to_track(const json& in) {
  return {in.at("id").get<std::string>(), in.at("name").get<std::string>(), in.value("channels", 1)};
}

RoomSong to_song(const json& in) {
  RoomSong song;
  song.number = in.at("number").get<uint32_t>();
  song.start = in.at("start").get<int64_t>();
  if (const auto end = in.find("end"); end != in.end() && !end->is_null()) song.end = end->get<int64_t>();
  song.playing = in.at("state").get<std::string>() == "playing";
  if (const auto track = in.find("track"); track != in.end() && !track->is_null()) song.track = to_track(*track);
  return song;
}

void apply_tracks(RoomView& view, const json& message) {
  view.tracks.clear();
  for (const json& track : message.at("tracks")) view.tracks.push_back(to_track(track));
  view.track = text_or_empty(message, "track");
}

void apply_settings(RoomView& view, const json& settings) {
  view.buckets = settings.at("buckets").get<int>();
  view.interval_blocks = settings.at("interval_blocks").get<int64_t>();
  view.automatic_interval = settings.value("interval", "by_hand") == "automatic";
}

// Where listeners are not named, a person who has become one is no longer shown.
void apply_person(RoomView& view, const json& in) {
  RoomPerson person = to_person(in);
  if (person.listener && !view.listeners_named && person.id != view.me) {
    view.people.erase(person.id);
  } else {
    view.people[person.id] = std::move(person);
  }
}

void apply_listeners(RoomView& view, const json& listeners) {
  view.listeners_named = listeners.at("named").get<bool>();
  view.listeners = view.listeners_named ? 0 : listeners.at("count").get<int>();
  if (view.listeners_named) return;
  std::erase_if(view.people, [&](const auto& entry) { return entry.second.listener && entry.first != view.me; });
}

void apply_welcome(RoomView& view, const json& message) {
  const RoomPerson me = to_person(message.at("you"));
  view.me = me.id;
  view.token = message.at("token").get<std::string>();
  view.room = message.at("room").at("id").get<std::string>();
  view.organiser = message.value("organiser", false);
  view.people.clear();
  if (const auto listeners = message.find("listeners"); listeners != message.end()) apply_listeners(view, *listeners);
  for (const json& person : message.at("people")) apply_person(view, person);
  view.people[me.id] = me;
  view.leader = text_or_empty(message, "leader");
  view.song = to_song(message.at("song"));
  apply_settings(view, message.at("settings"));
  apply_tracks(view, message);
  view.mix_delay = message.at("mix_delay").get<int>();
  view.backing_gain = message.at("backing_gain").get<double>();
}

void apply(RoomView& view, const json& message) {
  const std::string type = message.at("type").get<std::string>();
  if (type == "welcome") {
    apply_welcome(view, message);
  } else if (type == "person") {
    apply_person(view, message.at("person"));
  } else if (type == "people") {
    for (const json& person : message.at("people")) apply_person(view, person);
    if (const auto gone = message.find("gone"); gone != message.end()) {
      for (const json& id : *gone) view.people.erase(id.get<std::string>());
    }
  } else if (type == "listeners") {
    apply_listeners(view, message.at("listeners"));
  } else if (type == "gone") {
    view.people.erase(message.at("id").get<std::string>());
  } else if (type == "leader") {
    view.leader = text_or_empty(message, "leader");
  } else if (type == "song") {
    view.song = to_song(message.at("song"));
  } else if (type == "settings") {
    apply_settings(view, message.at("settings"));
  } else if (type == "tracks") {
    apply_tracks(view, message);
  }
}

}  // namespace

const RoomPerson* RoomView::myself() const {
  const auto found = people.find(me);
  return found == people.end() ? nullptr : &found->second;
}

int RoomView::present() const {
  int n = 0;
  for (const auto& [id, person] : people) n += person.connected && (listeners_named || !person.listener) ? 1 : 0;
  return n + listeners;
}

bool apply_message(RoomView& view, const json& message) {
  RoomView next = view;
  try {
    apply(next, message);
  } catch (const json::exception&) {
    return false;
  }
  view = std::move(next);
  return true;
}

bool tells_of(const json& message, const std::string& person) {
  if (person.empty()) return false;
  const std::string type = text_field(message, "type");
  if (type == "person") return message.contains("person") && text_field(message["person"], "id") == person;
  if (type != "people" || !message.contains("people")) return false;
  const json& people = message["people"];
  return people.is_array() &&
         std::any_of(people.begin(), people.end(), [&](const json& one) { return text_field(one, "id") == person; });
}

std::string text_field(const json& message, const char* name, const std::string& otherwise) {
  const auto found = message.find(name);
  return found != message.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

double number_field(const json& message, const char* name, double otherwise) {
  const auto found = message.find(name);
  return found != message.end() && found->is_number() ? found->get<double>() : otherwise;
}

}  // namespace roundelay
