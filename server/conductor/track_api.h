// Requests for tracks that are there (PROTOCOL.md 4.1): where a track's blob lies, for whom may take it out of the room. On the
// conductor's loop only.
#pragma once

#include <string>

#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/wire/link/track_file.h"

namespace roundelay {

class TrackApi {
 public:
  // `folder`: of the blobs.
  TrackApi(Rooms& rooms, const Tokens& tokens, std::string folder) : rooms_(rooms), tokens_(tokens), folder_(std::move(folder)) {}

  // Organisers, and whoever brought the track.
  [[nodiscard]] ApiAnswer answer(const link::TrackFile& asked);

 private:
  Rooms& rooms_;
  const Tokens& tokens_;
  std::string folder_;
};

}  // namespace roundelay
