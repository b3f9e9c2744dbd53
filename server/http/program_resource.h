// What other programs ask (PROTOCOL.md 4.2): passed to the conductor with the token of the header; events are told as server-sent
// events. Loop thread only.
#pragma once

#include "server/http/exchanges.h"

namespace roundelay {

void answer_program(HttpRequest& request, Exchanges& exchanges);
// openapi.json of this folder, and of server/library.
extern const char* const kOpenApi;
extern const char* const kLibraryOpenApi;
// A description of an interface in OpenAPI's words.
void answer_openapi(HttpRequest& request, const char* text);

}  // namespace roundelay
