// /healthz: whether all processes of the server are well. Loop thread only.
#pragma once

#include "mixer/segment.h"
#include "server/http/conductor_line.h"
#include "server/net/http_request.h"

namespace roundelay {

void answer_health(HttpRequest& request, const Segment& segment, const ConductorLine& conductor);

}  // namespace roundelay
