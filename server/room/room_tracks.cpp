// Backing tracks: uploaded, chosen, deleted.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/room/room.h"
#include "server/wire/control/choose_track.h"
#include "server/wire/control/delete_track.h"
#include "server/wire/control/tracks.h"

namespace roundelay {

void Room::add_track(Track track, Effects& out) {
  const Person* by = find(track.uploader);
  const bool decides = by != nullptr && (is_leader(*by) || by->organiser);
  const bool chosen = decides || !chosen_track_;
  if (chosen) {
    chosen_track_ = track.id;
    out.push_back(effect::SaveRoom{});
  }
  const auto added = [&, name = track.name] {
    if (by == nullptr) return phrase(chosen ? "was_added_and_chosen" : "was_added", {{"track", name}});
    return phrase(chosen ? "added_and_chosen" : "added", {{"name", by->name}, {"track", name}});
  };
  tracks_.push_back(std::move(track));
  out.push_back(effect::ToRoom{shown_tracks().to_json()});
  out.push_back(notice(added()));
}

Room::Answer Room::choose_track(const Person&, const control::ChooseTrack& wanted, Moment, Effects& out) {
  if (wanted.track && find_track(*wanted.track) == nullptr) return refuse("no_track", phrase("no_such_track"));
  chosen_track_ = wanted.track;
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{shown_tracks().to_json()});
  return {};
}

Room::Answer Room::delete_track(const Person&, const control::DeleteTrack& wanted, Moment, Effects& out) {
  const auto it = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& track) { return track.id == wanted.track; });
  if (it == tracks_.end()) return refuse("no_track", phrase("no_such_track"));
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

const Track* Room::find_track(const std::string& id) const {
  const auto it = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& track) { return track.id == id; });
  return it == tracks_.end() ? nullptr : &*it;
}

control::Tracks Room::shown_tracks() const {
  control::Tracks out{{}, chosen_track_};
  for (const Track& track : tracks_) out.tracks.push_back(as_shown(track));
  return out;
}

}  // namespace roundelay
