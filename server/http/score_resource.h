// The pages of scores over HTTP (PROTOCOL.md 4.5): /api/rooms/ROOM/scores/ID/PAGE. The conductor says where a page lies; it is
// sent from there. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

#include "server/http/exchanges.h"

namespace roundelay {

// `page`: as it stands in the path.
void answer_score_page(HttpRequest& request, uv_loop_t* loop, Exchanges& exchanges, const std::string& room,
                       const std::string& score, const std::string& page);

}  // namespace roundelay
