// HTTP and WebSocket of one shard, on its libuv loop: takes newcomers, and looks after those who are there.
// Everything runs on the loop's thread. Make it after the fork.
#pragma once

#include <uv.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/base/ip_address.h"
#include "server/base/rate_limit.h"
#include "server/net/acceptor.h"
#include "server/net/deadlines.h"
#include "server/net/file_pace.h"
#include "server/net/forwarded.h"
#include "server/net/http_connection.h"
#include "server/net/http_request.h"
#include "server/net/tls_files.h"
#include "server/net/uv_handle.h"
#include "server/net/web_handler.h"
#include "server/net/web_socket.h"
#include "server/net/websocket_handshake.h"

namespace roundelay {

struct WebServerSettings {
  std::string host;
  int port = 0;
  int doorstep = -1;  // a socket of the supervisor's: if it listens, newcomers come from it too; it is the server's from then on
  std::string socket_path = kWebSocketPath;
  AddressList trusted_proxies;  // they are believed when they tell who asks
  std::string public_origin;    // an Origin that is allowed beside the Host's own; may be empty
  TlsFiles tls;                 // both empty: plain HTTP
  HttpTimes times = {};
  WebSocketLimits limits = {};
  // A socket that says nothing for so long is pinged; one that does not answer until it is looked at again, as long after, is
  // closed.
  int ping_ms = 20'000;
  int deadline_turn_ms = 250;  // how exactly HttpTimes are kept
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

  void set_public_origin(std::string origin) { settings_.public_origin = std::move(origin); }
  // How fast files go out, all together.
  void set_file_rate(int64_t bytes_per_s) { file_pace_.set_rate(bytes_per_s); }

  // Takes nobody new; who is here stays.
  void stop_listening();
  // Stops listening, closes everything at once, and runs the loop until it has let go of it.
  void shut_down();

 private:
  struct Connection;
  void adopt(int fd);
  void forget(Connection& connection);
  std::optional<HttpFault> upgrade(Connection& connection, const HttpHead& head, std::span<uint8_t> rest);
  [[nodiscard]] bool may_come_from(const HttpHead& head, const Asker& asker);
  void watch(WebSocket& socket);
  void unwatch(WebSocket& socket);
  void look_after_some();

  uv_loop_t* loop_;
  WebServerSettings settings_;
  WebHandler& handler_;
  std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> tls_context_;  // null without TLS
  std::vector<uint8_t> read_buffer_;
  Deadlines deadlines_;
  Turns stream_turns_;
  FilePace file_pace_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::unique_ptr<Acceptor> acceptor_;
  std::unique_ptr<Acceptor> doorstep_;  // null: nobody waits there
  RateLimit refusals_told_{1, 20};
  // Those of one turn after the other are looked after, so that each has its turn every ping_ms: pings cost nothing where people
  // sing, and need no timer per connection.
  static constexpr size_t kTurns = 20;
  std::array<std::vector<WebSocket*>, kTurns> turns_;
  size_t turn_ = 0;
  UvHandle<uv_timer_t> watch_timer_;
};

}  // namespace roundelay
