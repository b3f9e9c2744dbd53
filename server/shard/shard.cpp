#include "server/shard/shard.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/wire/link/bye.h"

namespace roundelay {

namespace {

// What each of so many busy processes gets of a core.
double core_share(int shards) {
  return std::min(1.0, static_cast<double>(std::max(1U, std::thread::hardware_concurrency())) / shards);
}

std::vector<std::string> wake_paths(const Config& config) {
  std::vector<std::string> paths;
  paths.reserve(static_cast<size_t>(config.shards));
  for (int i = 0; i < config.shards; ++i) paths.push_back(config.wake_socket(i));
  return paths;
}

Session& session_of(const WebSocket& socket) {
  return *static_cast<Session*>(socket.user);
}

}  // namespace

Shard::Shard(uv_loop_t* loop, const Config& config, const Segment& segment, int index, int doorstep)
    : loop_(loop),
      config_(config),
      segment_(segment),
      index_(index),
      row_(segment.shard(index)),
      headroom_(row_, {.most_complexity = config.mix_complexity, .core_share = core_share(config.shards)},
                config.blocks_per_message),
      housekeeping_(config.voice_late_window_s, headroom_.batch_policy()),
      sessions_(index, row_, monotonic_ns()),
      recorder_(loop, {.recordings_dir = config.recordings_dir(), .shard = index}, row_),
      stages_(loop, segment, index,
              {.tracks_dir = config.tracks_dir(),
               .mix_bitrate = config.mix_bitrate,
               .complexity = config.mix_complexity,
               .recorder = &recorder_}),
      live_(segment, index, stages_,
            {.players = config.max_live_players_per_shard, .of_an_address = config.max_live_players_per_address}),
      messages_({.segment = segment, .shard = index, .sessions = sessions_, .stages = stages_},
                [this](link::Reply&& reply) { routes_->on_reply(std::move(reply)); }) {
  forget_predecessor();
  tick_ = std::make_unique<ShardTick>(loop, wake_paths(config), index,
                                      ShardTick::Parts{.timeline = segment.timeline(),
                                                       .row = row_,
                                                       .stages = stages_,
                                                       .housekeeping = housekeeping_,
                                                       .headroom = headroom_,
                                                       .every_block = [this](Position now) { live_.run(now); },
                                                       .every_second = [this](int64_t now_ns) { every_second(now_ns); },
                                                       .every_fifth_second = [this] { every_fifth_second(); }});
  link_ = std::make_unique<ControlLink>(loop, config.control_socket(), link_events());
  routes_ = std::make_unique<HttpRoutes>(loop, config, segment, index, *link_, live_);
  sockets_ = std::make_unique<ClientSockets>(ClientSockets::Parts{.row = row_,
                                                                  .timeline = segment.timeline(),
                                                                  .sessions = sessions_,
                                                                  .housekeeping = housekeeping_,
                                                                  .headroom = headroom_,
                                                                  .hold_up = tick_->hold_up(),
                                                                  .link = *link_});
  web_ = std::make_unique<WebServer>(
      loop,
      WebServerSettings{.host = config.host,
                        .port = config.port,
                        .doorstep = doorstep,
                        .socket_path = config.base_path + "ws",
                        .trusted_proxies = AddressList::parse(config.trusted_proxies).value_or(AddressList()),
                        .public_origin = config.public_origin,
                        .tls = {config.tls_certificate, config.tls_key}},
      *this);
  row_.heartbeat_ns.store(monotonic_ns());  // before the first tick
  row_.pid.store(getpid());
  row_.starts.fetch_add(1);
}

Shard::~Shard() = default;

// What a shard that was killed left in shared memory under this index: it listens nowhere and owns no stream any more. Its
// lanes stay: what was sung is still true.
void Shard::forget_predecessor() {
  row_.sessions.value.store(0);
  row_.linked.store(0);
  segment_.forget_shard(index_);
}

void Shard::reload_tls() {
  if (config_.tls_certificate.empty()) return;
  if (const auto done = web_->reload_tls(); !done) {
    spdlog::error("{}; the certificate stays as it is", done.error());
  } else {
    spdlog::info("new connections use the certificate as it is now");
  }
}

void Shard::settings_changed() {
  routes_->settings_changed();
  web_->set_public_origin(config_.public_origin);
  spdlog::debug("the configuration has changed");
}

void Shard::take_nobody_new() {
  web_->stop_listening();
  spdlog::info("newcomers are for others from now on");
}

void Shard::shut_down() {
  web_->stop_listening();  // whoever is told to come again must not come to us
  for (const auto& [id, session] : sessions_.all()) session->socket().close(1001, "the server stops");
  tick_->stop();
  // Let the farewells out.
  auto* timer = new uv_timer_t;
  uv_timer_init(loop_, timer);
  bool waiting = true;
  timer->data = &waiting;
  uv_timer_start(
      timer, [](uv_timer_t* t) { *static_cast<bool*>(t->data) = false; }, 300, 0);
  while (waiting && sessions_.size() > 0) uv_run(loop_, UV_RUN_ONCE);
  uv_close(reinterpret_cast<uv_handle_t*>(timer), [](uv_handle_t* h) { delete reinterpret_cast<uv_timer_t*>(h); });
  (void)link_->send(link::Bye::to_json());
  link_->close();
  web_->shut_down();  // whoever did not let go is still said to be gone, to the link and the routes
  routes_.reset();
  link_.reset();
  row_.pid.store(0);
  unlink(config_.wake_socket(index_).c_str());
}

// --- The conductor -------------------------------------------------------------------------------------------------

ControlLink::Events Shard::link_events() {
  return {.greeting = [this] { return messages_.greeting(); },
          .message = [this](nlohmann::json message) { messages_.hear(std::move(message)); },
          .state =
              [this](bool connected) {
                row_.linked.store(connected ? 1 : 0);
                housekeeping_.conductor_is_there(connected);
                if (!connected) routes_->on_conductor_lost();
              }};
}

void Shard::every_second(int64_t now_ns) {
  const Housekeeping::Findings findings = housekeeping_.take();
  headroom_.every_second(now_ns, findings, stages_, sessions_);
  web_->set_file_rate(FilePace::kUnhurried >> (2 * headroom_.headroom().strain()));  // singing goes first
  if (link_->connected()) {
    link_->send_newest(LinkMessages::measures(findings, row_.load_permille.load() / 1000.0, headroom_.headroom().capacity()));
    if (!findings.timings.empty()) (void)link_->send(link::Timing{findings.timings}.to_json());
    row_.measures_dropped.value.store(link_->dropped(), std::memory_order_relaxed);
  }
  stages_.drop_unneeded(sessions_);
  routes_->every_second(now_ns);
}

// Worth something only while it is new: what a busy link would keep waiting is left out.
void Shard::every_fifth_second() {
  recorder_.write(monotonic_ns());
  constexpr size_t kMostWaitingBytes = 64 << 10;
  if (!link_->connected() || link_->waiting_bytes() > kMostWaitingBytes) return;
  for (const nlohmann::json& levels : messages_.levels()) (void)link_->send(levels);
}

// --- Sockets -------------------------------------------------------------------------------------------------------

bool Shard::may_connect() {
  return sessions_.size() < static_cast<size_t>(config_.max_connections_per_shard);
}

void Shard::on_open(WebSocket& socket) {
  socket.user = &sockets_->open(socket, monotonic_ns());
}

void Shard::on_text(WebSocket& socket, std::string_view text) {
  sockets_->text(session_of(socket), text, socket.address(), monotonic_ns());
}

void Shard::on_binary(WebSocket& socket, std::span<const uint8_t> bytes) {
  const int64_t now_ns = monotonic_ns();
  tick_->run_due(now_ns);  // first: when this shard stood still, it says so
  sockets_->binary(session_of(socket), bytes, now_ns);
}

void Shard::on_close(WebSocket& socket) {
  sockets_->close(session_of(socket), monotonic_ns());
}

}  // namespace roundelay
