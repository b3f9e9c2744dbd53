// A shard: one process with its own event loop, sockets, codecs and lanes. Carries sound from sockets to lanes, from lanes to
// mixes, and from mixes to sockets; everything about rooms it asks of, or is told by, the conductor.
#pragma once

#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "server/base/config.h"
#include "server/http/http_routes.h"
#include "server/net/block_clock.h"
#include "server/net/control_link.h"
#include "server/net/wake_socket.h"
#include "server/net/web_server.h"
#include "server/shard/batch_policy.h"
#include "server/shard/cost_meter.h"
#include "server/shard/headroom.h"
#include "server/shard/hold_up.h"
#include "server/shard/housekeeping.h"
#include "server/shard/session.h"
#include "server/shard/stage.h"
#include "server/wire/link/admit.h"
#include "server/wire/link/expel.h"
#include "server/wire/link/room.h"
#include "server/wire/link/send.h"

namespace roundelay {

class Shard final : public WebHandler {
 public:
  // Throws std::runtime_error when it cannot start.
  Shard(uv_loop_t* loop, const Config& config, const Segment& segment, int index);
  ~Shard() override;

  // Reads the certificate again (SIGHUP); says in the log how it went.
  void reload_tls();
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

  void tick(Position now);
  void on_wake();
  void every_second(int64_t now_ns);
  void look_after_headroom(int64_t now_ns, const Housekeeping::Findings& findings);

  std::vector<nlohmann::json> greeting() const;
  void on_control(nlohmann::json message);
  void hear(const link::Send& send);
  void hear(const link::Room& room);
  void hear(link::Admit admit);
  void hear(link::Expel expel);
  Stage* stage_of(int row, uint32_t generation);
  void drop_unneeded_stages();
  void forget_predecessor();

  uv_loop_t* loop_;
  const Config& config_;
  const Segment& segment_;
  int index_;
  Timeline timeline_;
  ShardRow& row_;
  uint64_t next_session_;
  std::unordered_map<uint64_t, std::unique_ptr<Session>> sessions_;
  std::map<std::pair<int, uint32_t>, std::unique_ptr<Stage>> stages_;
  TrackCache tracks_;
  std::vector<uint8_t> message_buffer_;  // headroom and the largest mix message
  Position last_tick_;
  int64_t last_second_ns_ = 0;
  BatchPolicy batch_policy_;
  ProbePolicy probe_policy_;
  HoldUp hold_up_;
  OldBlocks old_blocks_;
  Housekeeping housekeeping_;
  Headroom headroom_;
  CostMeter voice_cost_;
  CostMeter message_cost_;
  // As they were a second ago.
  struct {
    int64_t cpu_ns = 0;
    uint64_t ticks = 0;
    uint64_t late_ticks = 0;
    uint64_t messages_out = 0;
  } before_;
  std::unique_ptr<ControlLink> link_;
  std::unique_ptr<HttpRoutes> routes_;
  std::unique_ptr<WebServer> web_;
  std::unique_ptr<WakeSocket> wake_;
  std::unique_ptr<BlockClock> clock_;
};

// The body of a shard's process: its own loop, until SIGTERM. Returns the exit status; throws std::runtime_error when it cannot
// start.
int run_shard(const Config& config, int index);

}  // namespace roundelay
