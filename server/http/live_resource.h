// A room as one endless Ogg Opus stream, at a link that its organiser opened (PROTOCOL.md 4.7). Loop thread only.
#pragma once

#include <string>

#include "server/http/exchanges.h"
#include "server/http/live_source.h"

namespace roundelay {

// `name`: the link's last part, its secret with ".ogg" or ".opus".
void answer_live(HttpRequest& request, Exchanges& exchanges, LiveSource& source, const std::string& name);

}  // namespace roundelay
