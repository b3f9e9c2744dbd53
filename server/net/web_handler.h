// Whoever answers the requests and talks to the WebSockets of a WebServer. Loop thread only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace roundelay {

class HttpRequest;
class WebSocket;

// Callbacks may call any method of their argument.
class WebHandler {
 public:
  virtual ~WebHandler() = default;
  virtual void on_request(HttpRequest& request) = 0;  // its head is there; a body (POST with content_length > 0) follows
  // The body's pieces and its end, unless the request was answered before.
  virtual void on_body(HttpRequest& request, std::span<const uint8_t> piece) = 0;
  virtual void on_body_end(HttpRequest& request) = 0;
  virtual void on_request_gone(HttpRequest& request) = 0;
  virtual bool may_connect() = 0;  // false: refuse the WebSocket (the server is full)
  virtual void on_open(WebSocket& socket) = 0;
  virtual void on_text(WebSocket& socket, std::string_view text) = 0;
  virtual void on_binary(WebSocket& socket, std::span<const uint8_t> bytes) = 0;
  virtual void on_close(WebSocket& socket) = 0;
};

}  // namespace roundelay
