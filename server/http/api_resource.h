// What lies under /api/ and is the conductor's to answer: it gets the method, the path and the body as JSON. Loop thread only.
#pragma once

#include "server/http/exchanges.h"

namespace roundelay {

void answer_api(HttpRequest& request, Exchanges& exchanges);

}  // namespace roundelay
