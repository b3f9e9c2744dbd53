// What was sung in a room: /api/rooms/ROOM/sung (PROTOCOL.md 4.10). The conductor's to answer. Loop thread only.
#pragma once

#include <string>

#include "server/http/exchanges.h"

namespace roundelay {

void answer_sung(HttpRequest& request, Exchanges& exchanges, const std::string& room);

}  // namespace roundelay
