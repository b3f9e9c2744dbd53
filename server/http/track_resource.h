// A track of a room as a file: /api/rooms/ROOM/tracks/ID/track.opus. The conductor says who may have it and where it lies; the
// file is written by the thread pool. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

#include "server/http/exchanges.h"

namespace roundelay {

// `folder`: on the disk that has the room for it; nothing stays there.
void answer_track_file(HttpRequest& request, uv_loop_t* loop, Exchanges& exchanges, const std::string& folder,
                       const std::string& room, const std::string& track);

}  // namespace roundelay
