// The programme of a room as a whole: /api/rooms/ROOM/programme.zip, a file, and .../programme/copy, another room's. The
// conductor answers; the file is sent from the disk. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

#include "server/http/exchanges.h"

namespace roundelay {

void answer_programme_file(HttpRequest& request, uv_loop_t* loop, Exchanges& exchanges, const std::string& room);
void answer_programme_copy(HttpRequest& request, Exchanges& exchanges, const std::string& room);

}  // namespace roundelay
