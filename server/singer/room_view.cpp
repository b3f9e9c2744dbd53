#include "server/singer/room_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/wire/control/gone.h"
#include "server/wire/control/leader.h"
#include "server/wire/control/listeners.h"
#include "server/wire/control/people.h"
#include "server/wire/control/settings.h"
#include "server/wire/control/tracks.h"
#include "server/wire/control/welcome.h"

namespace roundelay {
namespace {

using nlohmann::json;

void apply(RoomView& view, control::Tracks&& tracks) {
  view.tracks = std::move(tracks.tracks);
  view.track = tracks.chosen.value_or("");
}

void apply(RoomView& view, const control::Settings& settings) {
  view.buckets = settings.buckets;
  view.interval_blocks = settings.interval_blocks;
  view.automatic_interval = settings.automatic_interval;
}

// Where listeners are not named, a person who has become one is no longer shown.
void apply(RoomView& view, control::Person&& person) {
  if (person.role == Role::kListener && !view.listeners_named && person.id != view.me) {
    view.people.erase(person.id);
  } else {
    const std::string id = person.id;
    view.people[id] = std::move(person);
  }
}

void apply(RoomView& view, const control::Listeners& listeners) {
  view.listeners_named = listeners.named;
  view.listeners = listeners.named ? 0 : static_cast<int>(listeners.count);
  if (listeners.named) return;
  std::erase_if(view.people, [&](const auto& entry) { return entry.second.role == Role::kListener && entry.first != view.me; });
}

void apply(RoomView& view, control::Welcome&& welcome) {
  view.me = welcome.you.id;
  view.token = std::move(welcome.token);
  view.room = std::move(welcome.room.id);
  view.organiser = welcome.organiser;
  view.people.clear();
  apply(view, welcome.listeners);
  for (control::Person& person : welcome.people) apply(view, std::move(person));
  apply(view, std::move(welcome.you));
  view.leader = welcome.leader.value_or("");
  view.song = std::move(welcome.song);
  apply(view, welcome.settings);
  apply(view, std::move(welcome.tracks));
  view.mix_delay = welcome.mix_delay;
  view.backing_gain = welcome.backing_gain;
}

void apply(RoomView& view, control::PersonNews&& news) {
  apply(view, std::move(news.person));
}

void apply(RoomView& view, control::People&& people) {
  for (control::Person& person : people.people) apply(view, std::move(person));
  for (const std::string& id : people.gone.value_or(std::vector<std::string>())) view.people.erase(id);
}

void apply(RoomView& view, control::ListenersNews&& news) {
  apply(view, news.listeners);
}

void apply(RoomView& view, control::Gone&& gone) {
  view.people.erase(gone.id);
}

void apply(RoomView& view, control::Leader&& leader) {
  view.leader = leader.leader.value_or("");
}

void apply(RoomView& view, control::SongNews&& news) {
  view.song = std::move(news.song);
}

void apply(RoomView& view, control::SettingsNews&& news) {
  apply(view, news.settings);
}

template <typename Message>
bool apply_as(RoomView& view, const json& message) {
  auto read = Message::read(message);
  if (!read) return false;
  apply(view, *std::move(read));
  return true;
}

template <typename... Messages>
bool apply_one_of(RoomView& view, const json& message) {
  const std::string type = control::type_of(message);
  if (type.empty()) return false;
  bool read = true;
  static_cast<void>(((type == Messages::kType && (read = apply_as<Messages>(view, message), true)) || ...));
  return read;
}

}  // namespace

const control::Person* RoomView::myself() const {
  const auto found = people.find(me);
  return found == people.end() ? nullptr : &found->second;
}

int RoomView::present() const {
  int n = 0;
  for (const auto& [id, person] : people) n += person.connected && (listeners_named || person.role != Role::kListener) ? 1 : 0;
  return n + listeners;
}

bool apply_message(RoomView& view, const json& message) {
  return apply_one_of<control::Welcome, control::PersonNews, control::People, control::ListenersNews, control::Gone,
                      control::Leader, control::SongNews, control::SettingsNews, control::Tracks>(view, message);
}

bool tells_of(const json& message, const std::string& person) {
  if (person.empty()) return false;
  const auto is_hers = [&](const json& one) { return text_field(one, "id").value == person; };
  const std::string type = control::type_of(message);
  if (type == control::PersonNews::kType) return is_hers(control::part(message, "person"));
  if (type != control::People::kType) return false;
  const json& people = control::part(message, "people");
  return people.is_array() && std::any_of(people.begin(), people.end(), is_hers);
}

}  // namespace roundelay
