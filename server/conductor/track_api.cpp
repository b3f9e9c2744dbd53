#include "server/conductor/track_api.h"

#include <algorithm>
#include <vector>

#include "server/conductor/insider.h"

namespace roundelay {

ApiAnswer TrackApi::answer(const link::TrackFile& asked) {
  const auto [open, person] = insider(rooms_, tokens_, asked.asker.room, asked.asker.token);
  if (!person) return api_error(401, "bad_token", phrase("files_are_for_people_inside"));
  const std::vector<Track>& tracks = open->room.tracks();
  const auto track = std::find_if(tracks.begin(), tracks.end(), [&](const Track& each) { return each.id == asked.track; });
  if (track == tracks.end()) return api_error(404, "no_track", phrase("no_such_track"));
  if (!person->organiser && track->uploader != person->id)
    return api_error(403, "not_allowed", phrase("taking_the_track_is_theirs"));
  return {200, link::TrackPlace{folder_ + "/" + track->sha256, track->sha256, track->name}.to_json()};
}

}  // namespace roundelay
