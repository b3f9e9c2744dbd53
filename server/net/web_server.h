// HTTP and WebSocket of one shard, on its libuv loop: the thin wrapper around libwebsockets.
// Everything runs on the loop's thread. Make it after the fork; MEASURED.md's traps (listen sharing, partial
// writes, pieces of messages, asynchronous close) are dealt with here and nowhere else.
#pragma once

#include <uv.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/acceptor.h"
#include "server/net/http_request.h"
#include "server/net/tls_files.h"
#include "server/net/uv_handle.h"

struct lws;
struct lws_context;
struct lws_vhost;
struct ssl_ctx_st;

namespace roundelay {

// Room that lws wants in front of a payload; a message for write_binary() begins this many bytes into its buffer.
extern const size_t kWebsocketHeadroom;

// A control message with its headroom, made once for all the sockets that get it: copies for each would be most of a shard's
// memory when a room of hundreds is dealt into buckets.
using ControlText = std::shared_ptr<std::string>;
[[nodiscard]] ControlText make_control_text(std::string_view text);

// One WebSocket. Owned by the WebServer; valid from on_open to on_close.
class WebSocket {
 public:
  explicit WebSocket(lws* wsi, std::string address) : wsi_(wsi), address_(std::move(address)) {}
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  // Writes straight to the kernel; `payload` must have kWebsocketHeadroom writable bytes before it. False: the socket is still
  // busy with what was written before, nothing was taken (audio is dropped, never queued). Safe in the tick.
  bool write_binary(std::span<uint8_t> payload);

  // Queues a control message, sent as soon as the socket takes it. False: more than kMaxQueuedBytes are waiting; the
  // socket is being closed with code 4009.
  bool send_text(const ControlText& text);
  bool send_text(std::string_view text) { return send_text(make_control_text(text)); }

  // Closes after what is queued has gone out; nothing is taken after this.
  void close(uint16_t code, std::string reason);

  [[nodiscard]] const std::string& address() const { return address_; }  // the peer's numeric address
  void* user = nullptr;                                                  // the owner's

  static constexpr size_t kMaxQueuedBytes = 2'000'000;

 private:
  friend class WebServer;
  void ping();

  lws* wsi_;
  std::string address_;
  bool heard_ = true;       // something came since it was last looked after
  bool pinged_ = false;     // and waits for the answer
  size_t watch_index_ = 0;  // where it stands in its turn's list, and which turn that is
  size_t watch_turn_ = 0;
  std::deque<ControlText> queue_;
  size_t queued_bytes_ = 0;
  bool closing_ = false;
  bool farewell_sent_ = false;
  uint16_t close_code_ = 0;
  std::string close_reason_;
  std::vector<uint8_t> partial_;  // pieces of a message that is not complete yet
};

// What the owner does with it all. Callbacks may call any method of their argument.
class WebHandler {
 public:
  virtual ~WebHandler() = default;
  virtual void on_request(HttpRequest& request) = 0;  // headers are there; a body (POST) follows
  virtual void on_body(HttpRequest& request, std::span<const uint8_t> piece) = 0;
  virtual void on_body_end(HttpRequest& request) = 0;
  virtual void on_request_gone(HttpRequest& request) = 0;
  virtual bool may_connect() = 0;  // false: refuse the WebSocket (the server is full)
  virtual void on_open(WebSocket& socket) = 0;
  virtual void on_text(WebSocket& socket, std::string_view text) = 0;
  virtual void on_binary(WebSocket& socket, std::span<const uint8_t> bytes) = 0;
  virtual void on_close(WebSocket& socket) = 0;
};

struct WebServerSettings {
  std::string host;
  int port = 0;
  std::string public_origin;  // an Origin that is allowed beside the Host's own; may be empty
  size_t max_text_bytes = 16'384;
  size_t max_binary_bytes = 6'600;
  TlsFiles tls;  // both empty: plain HTTP
  // A socket that says nothing for so long is pinged; one that does not answer until it is looked at again, as long after, is
  // closed.
  int ping_ms = 20'000;
  // The kernel gives a connection up when what was sent is not acknowledged for so long.
  int unacknowledged_s = 15;
  int newcomers_per_s = 1'000;
  int tls_newcomers_per_s = 400;
};

class WebServer {
 public:
  // Listens with SO_REUSEPORT. Throws std::runtime_error with a sentence when that is not possible.
  WebServer(uv_loop_t* loop, WebServerSettings settings, WebHandler& handler);
  ~WebServer();  // shut_down() must have finished
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  // Reads certificate and key again: for connections from now on. On an error the old ones stay.
  [[nodiscard]] tl::expected<void, std::string> reload_tls();

  // Stops listening, closes everything, and runs the loop until lws has let go of it. Blocks, bounded by ~2 s.
  void shut_down();

  static int callback(lws* wsi, int reason, void* user, void* in, size_t len);

 private:
  int http_callback(lws* wsi, int reason, void* user, void* in, size_t len);
  int socket_callback(lws* wsi, int reason, void* user, void* in, size_t len);
  int accept_websocket(lws* wsi);
  void receive(WebSocket& socket, lws* wsi, const uint8_t* data, size_t len);
  int drain(WebSocket& socket);
  void forget_request(HttpRequest*& request);
  void adopt(int fd);
  void watch(WebSocket& socket);
  void unwatch(WebSocket& socket);
  void look_after_some();

  uv_loop_t* loop_;
  WebServerSettings settings_;
  WebHandler& handler_;
  lws_context* context_ = nullptr;
  lws_vhost* vhost_ = nullptr;
  ssl_ctx_st* tls_context_ = nullptr;  // the vhost's; null without TLS
  std::unique_ptr<Acceptor> acceptor_;
  // Those of one turn after the other are looked after, so that each has its turn every ping_ms: pings cost nothing where people
  // sing, and need no timer per connection (lws keeps its timers in a sorted list, walked at each change).
  static constexpr size_t kTurns = 20;
  std::array<std::vector<WebSocket*>, kTurns> turns_;
  size_t turn_ = 0;
  UvHandle<uv_timer_t> watch_timer_;
};

}  // namespace roundelay
