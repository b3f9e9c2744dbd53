#include "server/shard/shard.h"

#include <malloc.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <bit>
#include <thread>

#include "server/wire/link/bye.h"
#include "server/wire/link/client.h"
#include "server/wire/link/closed.h"
#include "server/wire/link/measure.h"
#include "server/wire/link/reply.h"
#include "server/wire/link/shard.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr int64_t kLateTickNs = 5'000'000;  // a tick that begins this much after its boundary counts as late
constexpr int kMetersUnderStrainS = 4;      // how often singers are told their loop times then
constexpr int kOwnMappingBytes = 65'536;    // of the heap: what is larger is mapped by itself
constexpr int kSpareHeapBytes = 1'048'576;  // at its end, kept for the next burst
constexpr size_t kSessionsPerLine = 500;    // of the greeting: some 150 KB
constexpr size_t kRowsPerMeasure = 2'000;   // some 100 KB
constexpr uint64_t kSessionsPerShard = uint64_t{1} << 40;

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

}  // namespace

Shard::Shard(uv_loop_t* loop, const Config& config, const Segment& segment, int index)
    : loop_(loop),
      config_(config),
      segment_(segment),
      index_(index),
      timeline_(segment.timeline()),
      row_(segment.shard(index)),
      // A number is not used again by the shard that comes after a crash.
      next_session_(kSessionsPerShard * static_cast<uint64_t>(index) +
                    (static_cast<uint64_t>(monotonic_ns() / 1000) & (kSessionsPerShard - 1))),
      tracks_(loop, config.tracks_dir()),
      message_buffer_(kWebsocketHeadroom + wire::kMaxMixMessageBytes),
      batch_policy_{.pinned = config.blocks_per_message},
      housekeeping_(config.voice_late_window_s, batch_policy_),
      headroom_({.most_complexity = config.mix_complexity, .core_share = core_share(config.shards)}) {
  forget_predecessor();
  wake_ = std::make_unique<WakeSocket>(loop, wake_paths(config), index, [this] { on_wake(); });
  link_ = std::make_unique<ControlLink>(
      loop, config.control_socket(),
      ControlLink::Events{[this] { return greeting(); }, [this](nlohmann::json message) { on_control(std::move(message)); },
                          [this](bool connected) {
                            row_.linked.store(connected ? 1 : 0);
                            housekeeping_.conductor_is_there(connected);
                            if (!connected) routes_->on_conductor_lost();
                          }});
  routes_ = std::make_unique<HttpRoutes>(loop, config, segment, index, *link_);
  web_ = std::make_unique<WebServer>(loop,
                                     WebServerSettings{.host = config.host,
                                                       .port = config.port,
                                                       .public_origin = config.public_origin,
                                                       .tls = {config.tls_certificate, config.tls_key}},
                                     *this);
  clock_ = std::make_unique<BlockClock>(loop, timeline_, [this](Position now) { tick(now); });
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

void Shard::shut_down() {
  for (auto& [id, session] : sessions_) session->socket().close(1001, "the server stops");
  clock_.reset();
  // Let the farewells out.
  auto* timer = new uv_timer_t;
  uv_timer_init(loop_, timer);
  bool waiting = true;
  timer->data = &waiting;
  uv_timer_start(
      timer, [](uv_timer_t* t) { *static_cast<bool*>(t->data) = false; }, 300, 0);
  while (waiting && !sessions_.empty()) uv_run(loop_, UV_RUN_ONCE);
  uv_close(reinterpret_cast<uv_handle_t*>(timer), [](uv_handle_t* h) { delete reinterpret_cast<uv_timer_t*>(h); });
  wake_.reset();
  (void)link_->send(link::Bye::to_json());
  link_->close();
  web_->shut_down();  // whoever did not let go is still said to be gone, to the link and the routes
  routes_.reset();
  link_.reset();
  row_.pid.store(0);
  unlink(config_.wake_socket(index_).c_str());
}

// --- The tick ------------------------------------------------------------------------------------------------------

void Shard::tick(Position now) {
  const int64_t begun_ns = monotonic_ns();
  row_.heartbeat_ns.store(begun_ns, std::memory_order_relaxed);
  row_.ticks.add();
  const int64_t due_ns = timeline_.ns_of(now);
  if (begun_ns - due_ns > kLateTickNs) row_.late_ticks.add();
  hold_up_.tick(due_ns, begun_ns, timeline_.at(begun_ns));
  last_tick_ = now;
  for (auto& [key, stage] : stages_) stage->refresh();

  uint64_t wake = 0;
  for (auto& [key, stage] : stages_) wake |= stage->produce(now, begun_ns);
  for (; wake != 0; wake &= wake - 1) wake_->wake(std::countr_zero(wake));
  message_cost_.measure(
      [&] {
        for (auto& [key, stage] : stages_) stage->send(now, message_buffer_);
      },
      [&] { return row_.messages_out.get() + row_.probes.get(); });
  row_.tick_time.add(monotonic_ns() - begun_ns);

  housekeeping_.visit_due_sessions(now.block_index(), begun_ns, headroom_.strain() >= 2 ? kMetersUnderStrainS : 1);
  if (begun_ns - last_second_ns_ >= kSecondNs) every_second(begun_ns);
}

void Shard::on_wake() {
  for (auto& [key, stage] : stages_) stage->send(last_tick_, message_buffer_);
}

void Shard::every_second(int64_t now_ns) {
  Housekeeping::Findings findings = housekeeping_.take();
  look_after_headroom(now_ns, findings);
  if (link_->connected()) {
    std::vector<nlohmann::json> lines;
    for (size_t first = 0; first == 0 || first < findings.rows.size(); first += kRowsPerMeasure) {
      const auto from = findings.rows.begin() + static_cast<ptrdiff_t>(first);
      const auto count = std::min(kRowsPerMeasure, findings.rows.size() - first);
      const link::Measure measure{.rows = {from, from + static_cast<ptrdiff_t>(count)},
                                  .load = row_.load_permille.load() / 1000.0,
                                  .singers = findings.singers,
                                  .capacity = headroom_.capacity()};
      lines.push_back(measure.to_json());
    }
    link_->send_newest(lines);
    row_.measures_dropped.value.store(link_->dropped(), std::memory_order_relaxed);
  }
  last_second_ns_ = now_ns;
  drop_unneeded_stages();
}

void Shard::look_after_headroom(int64_t now_ns, const Housekeeping::Findings& findings) {
  const int64_t cpu_ns = thread_cpu_ns();
  const auto seconds = static_cast<double>(now_ns - last_second_ns_) * 1e-9;
  const uint64_t ticks = row_.ticks.get() - before_.ticks;
  Headroom::Second second;
  second.load = static_cast<double>(cpu_ns - before_.cpu_ns) * 1e-9 / seconds;
  second.late_ticks =
      ticks > 0 ? static_cast<double>(row_.late_ticks.get() - before_.late_ticks) / static_cast<double>(ticks) : 0;
  second.voice_us = voice_cost_.take_us();
  second.message_us = message_cost_.take_us();
  second.singers = findings.singers;
  second.messages_out =
      std::max(0.0, static_cast<double>(row_.messages_out.get() - before_.messages_out) / seconds - findings.singers_messages);
  const bool first = last_second_ns_ == 0;
  before_ = {cpu_ns, row_.ticks.get(), row_.late_ticks.get(), row_.messages_out.get()};
  if (first) return;  // nothing to compare with

  const int complexity = headroom_.complexity();
  headroom_.take(second);
  if (headroom_.complexity() != complexity) {
    for (auto& [key, stage] : stages_) stage->set_complexity(headroom_.complexity());
  }
  probe_policy_.saving = headroom_.strain() >= 1;
  const bool strained = headroom_.strain() >= 3;
  if (strained != batch_policy_.strained) {
    batch_policy_.strained = strained;
    for (auto& [id, session] : sessions_) session->follow_policy();
  }
  row_.load_permille.store(static_cast<uint32_t>(second.load * 1000));
  row_.strain.store(static_cast<uint32_t>(headroom_.strain()));
  row_.complexity.store(static_cast<uint32_t>(headroom_.complexity()));
  row_.singers.store(static_cast<uint32_t>(findings.singers));
  row_.capacity.store(static_cast<uint32_t>(headroom_.capacity()));
}

// --- Sockets -------------------------------------------------------------------------------------------------------

bool Shard::may_connect() {
  return sessions_.size() < static_cast<size_t>(config_.max_connections_per_shard);
}

void Shard::on_open(WebSocket& socket) {
  const uint64_t id = next_session_++;
  auto session = std::make_unique<Session>(id, socket, monotonic_ns(), batch_policy_, probe_policy_);
  socket.user = session.get();
  housekeeping_.add(*session);
  sessions_[id] = std::move(session);
  row_.connections.add();
  row_.sessions.value.store(sessions_.size(), std::memory_order_relaxed);
}

void Shard::on_text(WebSocket& socket, std::string_view text) {
  auto& session = *static_cast<Session*>(socket.user);
  const int64_t now_ns = monotonic_ns();
  if (!session.may_talk(now_ns))
    return session.report_error("too_fast", "Too many messages at once; 20 a second are allowed.", "", now_ns);
  auto message = nlohmann::json::parse(text, nullptr, false);
  const auto type = message.is_object() ? message.find("type") : message.end();
  if (!message.is_object() || type == message.end() || !type->is_string())
    return session.report_error("bad_message", "A control message must be a JSON object with a text 'type'.", "", now_ns);
  const nlohmann::json id = message.value("id", nlohmann::json());
  if (*type == "ping") {
    if (!id.is_number()) return session.report_error("bad_message", "A ping must have a number as its id.", *type, now_ns);
    const nlohmann::json pong{{"type", "pong"}, {"id", id}, {"position", timeline_.at(now_ns).samples}};
    socket.send_text(pong.dump());
    return;
  }
  if (*type == "hello") {
    session.greeted = true;
  } else if (!session.greeted) {
    return session.report_error("bad_message", "The first message must be 'hello'.", *type, now_ns, id);
  }
  link::Client client{.session = session.id(), .address = socket.address(), .message = std::move(message)};
  if (!link_->deliver(std::move(client).to_json())) return socket.close(4009, "the server is busy");
  session.known_to_conductor = true;
}

void Shard::on_binary(WebSocket& socket, std::span<const uint8_t> bytes) {
  row_.messages_in.add();
  row_.bytes_in.add(bytes.size());
  const int64_t now_ns = monotonic_ns();
  // Hundreds of voices may come at once: the tick does not wait for the last. And when this shard stood still, it says so first.
  if (clock_) clock_->run_due(now_ns);
  const VoiceInput::Arrival arrival{timeline_.at(now_ns), now_ns, hold_up_.until(), &old_blocks_};
  voice_cost_.measure([&] { static_cast<Session*>(socket.user)->on_binary(bytes, arrival, row_); },
                      [&] { return row_.voices_decoded.get(); });
}

void Shard::on_close(WebSocket& socket) {
  auto* session = static_cast<Session*>(socket.user);
  session->fall_silent(timeline_.at(monotonic_ns()), row_);
  if (session->stage() != nullptr) session->stage()->leave(session->admission().bucket, session);
  if (session->known_to_conductor) link_->deliver_end(link::Closed{session->id()}.to_json());
  housekeeping_.remove(*session);
  sessions_.erase(session->id());
  row_.sessions.value.store(sessions_.size(), std::memory_order_relaxed);
}

// --- The conductor -------------------------------------------------------------------------------------------------

std::vector<nlohmann::json> Shard::greeting() const {
  link::Shard first{.index = index_, .pid = getpid(), .sessions = {}};
  std::vector<link::Sessions> others;
  auto* line = &first.sessions;
  for (const auto& [id, session] : sessions_) {
    if (!session->admitted()) continue;
    if (line->size() == kSessionsPerLine) line = &others.emplace_back().sessions;
    line->push_back({id, session->admission()});
  }
  std::vector<nlohmann::json> messages{first.to_json()};
  for (const link::Sessions& more : others) messages.push_back(more.to_json());
  return messages;
}

void Shard::on_control(nlohmann::json message) {
  const std::string kind = link::kind_of(message);
  const auto read = [](auto parsed, const auto& hear) {
    if (parsed) hear(*std::move(parsed));
    return parsed.has_value();
  };
  bool good = false;
  if (kind == link::Send::kOp) {
    good = read(link::Send::read(std::move(message)), [this](const link::Send& send) { hear(send); });
  } else if (kind == link::Room::kOp) {
    good = read(link::Room::read(std::move(message)), [this](const link::Room& room) { hear(room); });
  } else if (kind == link::Admit::kOp) {
    good = read(link::Admit::read(message), [this](link::Admit admit) { hear(std::move(admit)); });
  } else if (kind == link::Expel::kOp) {
    good = read(link::Expel::read(message), [this](link::Expel expel) { hear(std::move(expel)); });
  } else if (kind == link::Reply::kOp) {
    good = read(link::Reply::read(std::move(message)), [this](const link::Reply& reply) { routes_->on_reply(reply); });
  } else {
    return spdlog::error("the conductor said '{}', which is not known", kind);
  }
  if (!good) spdlog::error("the conductor said '{}' in a way that cannot be read", kind);
}

void Shard::hear(const link::Send& send) {
  const ControlText text = make_control_text(send.message.dump());
  for (const uint64_t id : send.sessions) {
    if (const auto found = sessions_.find(id); found != sessions_.end()) found->second->socket().send_text(text);
  }
}

void Shard::hear(const link::Room& room) {
  const auto stage = stages_.find({room.row, room.generation});
  if (stage != stages_.end()) stage->second->tell(make_control_text(room.message.dump()));
}

void Shard::hear(link::Expel expel) {
  if (const auto found = sessions_.find(expel.session); found != sessions_.end())
    found->second->socket().close(expel.code, std::move(expel.reason));
}

void Shard::hear(link::Admit admit) {
  link::SessionFacts& facts = admit.facts;
  if (facts.row < 0 || facts.row >= static_cast<int>(segment_.size().max_rooms))
    return spdlog::error("the conductor admitted session {} to row {}, which cannot be", admit.session, facts.row);
  const auto found = sessions_.find(admit.session);
  if (found == sessions_.end()) return;  // gone meanwhile; the conductor has our `closed`
  Stage* stage = stage_of(facts.row, facts.generation);
  Session& session = *found->second;
  const Admission& before = session.admission();
  if (stage != session.stage() || facts.bucket != before.bucket || facts.role != before.role)
    session.fall_silent(timeline_.at(monotonic_ns()), row_);
  session.admit(std::move(facts), stage);
}

Stage* Shard::stage_of(int row, uint32_t generation) {
  auto& stage = stages_[{row, generation}];
  if (!stage) {
    const EncoderSettings encoder{
        .channels = 1, .bitrate = config_.mix_bitrate, .complexity = headroom_.complexity(), .low_delay = true};
    stage = std::make_unique<Stage>(segment_, row, generation, index_, tracks_, encoder);
  }
  return stage.get();
}

void Shard::drop_unneeded_stages() {
  std::erase_if(stages_, [&](const auto& entry) {
    const Stage& stage = *entry.second;
    if (stage.needed() && !stage.stale()) return false;
    for (auto& [id, session] : sessions_) {
      if (session->stage() == &stage) {
        if (!stage.stale()) return false;
        session->detach();  // the room is gone under it; the conductor closes it, or admits it anew
      }
    }
    return true;
  });
}

int run_shard(const Config& config, int index) {
  // What a burst of control messages took goes back to the system. glibc by itself raises both limits after the first large one.
  mallopt(M_MMAP_THRESHOLD, kOwnMappingBytes);
  mallopt(M_TRIM_THRESHOLD, kSpareHeapBytes);
  uv_loop_t loop;
  uv_loop_init(&loop);
  auto segment = Segment::open(config.segment_name());
  if (!segment) throw std::runtime_error("the shared memory " + config.segment_name() + " cannot be opened");
  uv_signal_t signals[2];
  for (auto& signal : signals) uv_signal_init(&loop, &signal);
  {
    Shard shard(&loop, config, *segment, index);
    uv_signal_start(
        &signals[0], [](uv_signal_t* s, int) { uv_stop(s->loop); }, SIGTERM);
    signals[1].data = &shard;
    uv_signal_start(
        &signals[1], [](uv_signal_t* s, int) { static_cast<Shard*>(s->data)->reload_tls(); }, SIGHUP);
    uv_run(&loop, UV_RUN_DEFAULT);
    // SIGTERM may come twice, and SIGHUP behind it: neither may end us in the middle of the farewells.
    for (auto& signal : signals) {
      uv_signal_start(
          &signal, [](uv_signal_t*, int) {}, signal.signum);
      uv_unref(reinterpret_cast<uv_handle_t*>(&signal));
    }
    shard.shut_down();
  }
  for (auto& signal : signals) uv_close(reinterpret_cast<uv_handle_t*>(&signal), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  if (const int status = uv_loop_close(&loop); status != 0)
    spdlog::debug("the loop still holds handles: {}", uv_strerror(status));
  return 0;
}

}  // namespace roundelay
