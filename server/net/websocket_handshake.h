// The opening handshake of a WebSocket (RFC 6455, 4.2): from a request's head to the answer. Pure.
#pragma once

#include <string>

#include "server/net/http_head.h"

namespace roundelay {

inline constexpr const char* kWebSocketPath = "/ws";
inline constexpr const char* kSubProtocol = "roundelay.1";

// The request asks to become a WebSocket.
[[nodiscard]] bool wants_websocket(const HttpHead& head);
// The head of the answer that makes it one, or why it cannot be; `path` is where the socket is. Who may connect is not looked at.
[[nodiscard]] tl::expected<std::string, HttpFault> websocket_answer(const HttpHead& head,
                                                                    const std::string& path = kWebSocketPath);

}  // namespace roundelay
