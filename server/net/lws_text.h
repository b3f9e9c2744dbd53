// What libwebsockets knows of a connection, as text. For the sources that talk to it; on the loop's thread.
#pragma once

#include <libwebsockets.h>

#include <string>
#include <vector>

namespace roundelay {

// Empty if the client did not send it.
[[nodiscard]] std::string header(lws* wsi, lws_token_indexes token);
// "name=value", decoded.
[[nodiscard]] std::vector<std::string> query_arguments(lws* wsi);
// The peer's numeric address.
[[nodiscard]] std::string peer_address(lws* wsi);

}  // namespace roundelay
