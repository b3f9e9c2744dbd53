// The live link: whoever has it hears the room in any player.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "mixer/balance.h"
#include "mixer/gain.h"
#include "server/room/room.h"
#include "server/wire/control/live.h"
#include "server/wire/control/open_live.h"

namespace roundelay {
namespace {

constexpr int64_t kPlayersEveryNs = 1'000'000'000;

}  // namespace

Room::Answer Room::open_live(const Person& by, const std::string& secret, Effects& out) {
  if (rules_.live.empty()) {
    if (secret.empty()) return refuse("busy", phrase("no_new_link"));
    rules_.live = secret;
    live_players_ = 0;
    live_changed(out);
    out.push_back(notice(phrase("opened_the_live_link", {{"name", by.name}})));
  }
  return control::OpenLiveDone{rules_.live_path()}.to_json();
}

Room::Answer Room::close_live(const Person& by, const control::CloseLive&, Moment, Effects& out) {
  if (rules_.live.empty()) return {};
  rules_.live.clear();
  live_changed(out);
  out.push_back(notice(phrase("closed_the_live_link", {{"name", by.name}})));
  return {};
}

void Room::live_changed(Effects& out) const {
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::Publish{});
  out.push_back(effect::ToRoom{shown_live(false).to_json()});
  if (!rules_.live.empty()) tell(people_.organisers(), shown_live(true).to_json(), out);
}

void Room::live_players(int players, Moment now, Effects& out) {
  if (rules_.live.empty() || players == live_players_ || now.ns - told_live_ns_ < kPlayersEveryNs) return;
  live_players_ = players;
  told_live_ns_ = now.ns;
  out.push_back(effect::ToRoom{shown_live(false).to_json()});
}

void Room::show_live(SessionId session, const Person& to, Effects& out) const {
  if (!rules_.live.empty()) out.push_back(effect::ToSession{session, shown_live(to.organiser).to_json()});
}

control::LiveNews Room::shown_live(bool with_link) const {
  if (rules_.live.empty()) return {};
  return {control::Live{live_players_, with_link ? std::optional(rules_.live_path()) : std::nullopt}};
}

void Room::put_live(RoomState& state) const {
  state.live = rules_.live_number();
  const bool measured = song_.track && song_.track->loudness;
  state.backing_gain = static_cast<float>(measured ? backing_gain_of(*song_.track->loudness) : kBackingGain);
}

}  // namespace roundelay
