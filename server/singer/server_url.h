// Where a server is: ws://host:port/ws, wss://, http:// or https://. Pure.
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace roundelay {

struct ServerUrl {
  std::string host;
  int port = 80;
  std::string path = "/ws";  // of the websocket
  bool tls = false;
};

// The scheme may be left out (ws); IPv6 addresses stand in brackets. The error is a sentence.
[[nodiscard]] tl::expected<ServerUrl, std::string> parse_server_url(const std::string& text);

}  // namespace roundelay
