// A shard: one process with its own event loop, sockets, codecs and lanes. Carries sound from sockets to lanes, from lanes to
// mixes, and from mixes to sockets; everything about rooms it asks of, or is told by, the conductor. This class only ties its
// parts together.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "server/base/config.h"
#include "server/http/http_routes.h"
#include "server/net/control_link.h"
#include "server/net/web_server.h"
#include "server/shard/client_sockets.h"
#include "server/shard/headroom_watch.h"
#include "server/shard/housekeeping.h"
#include "server/shard/link_messages.h"
#include "server/shard/live_streams.h"
#include "server/shard/recorder.h"
#include "server/shard/session_table.h"
#include "server/shard/shard_tick.h"
#include "server/shard/stages.h"

namespace roundelay {

class Shard final : public WebHandler {
 public:
  // Throws std::runtime_error when it cannot start.
  Shard(uv_loop_t* loop, const Config& config, const Segment& segment, int index, int doorstep);
  ~Shard() override;

  // Reads the certificate again (SIGHUP); says in the log how it went.
  void reload_tls();
  // The configuration has changed; it says which settings may.
  void settings_changed();
  // Another process takes newcomers from now on (SIGUSR1).
  void take_nobody_new();
  // Closes all connections (1001) and runs the loop until they are gone; at most ~2 s.
  void shut_down();

 private:
  void on_request(HttpRequest& request) override { routes_->on_request(request); }
  void on_body(HttpRequest& request, std::span<const uint8_t> piece) override { routes_->on_body(request, piece); }
  void on_body_end(HttpRequest& request) override { routes_->on_body_end(request); }
  void on_request_gone(HttpRequest& request) override { routes_->on_request_gone(request); }
  bool may_connect() override;
  void on_open(WebSocket& socket) override;
  void on_text(WebSocket& socket, std::string_view text) override;
  void on_binary(WebSocket& socket, std::span<const uint8_t> bytes) override;
  void on_close(WebSocket& socket) override;

  [[nodiscard]] ControlLink::Events link_events();
  void every_second(int64_t now_ns);
  void every_fifth_second();
  void forget_predecessor();

  uv_loop_t* loop_;
  const Config& config_;
  const Segment& segment_;
  int index_;
  ShardRow& row_;
  HeadroomWatch headroom_;
  Housekeeping housekeeping_;
  SessionTable sessions_;
  Recorder recorder_;
  Stages stages_;
  LiveStreams live_;
  LinkMessages messages_;
  std::unique_ptr<ControlLink> link_;
  std::unique_ptr<HttpRoutes> routes_;
  std::unique_ptr<ShardTick> tick_;
  std::unique_ptr<ClientSockets> sockets_;
  std::unique_ptr<WebServer> web_;
};

// The body of a shard's process: its own loop, until SIGTERM. `doorstep`: see server/program/doorstep.h; -1: none. Returns the
// exit status; throws std::runtime_error when it cannot start.
int run_shard(const Config& config, int index, int doorstep);

}  // namespace roundelay
