#include "server/conductor/conductor.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <utility>

#include "server/base/text.h"
#include "server/wire/control/fields.h"
#include "server/wire/link/session_facts.h"

namespace roundelay {
namespace {

constexpr int64_t kSettleNs = 3'000'000'000;  // in which all shards have found a new conductor
constexpr int64_t kTouchNs = 30'000'000'000;
constexpr int64_t kKeepPeopleS = 30 * 86'400;  // how long organisers are known again by their token
constexpr int kMaxReportedMs = 600'000;
constexpr size_t kBlocksColumn = 4;  // of a row of `measure`

// Before the database and the key are opened in it.
const Config& with_folder(const Config& config) {
  std::filesystem::create_directories(config.data_dir);
  return config;
}

}  // namespace

Conductor::Conductor(uv_loop_t* loop, const Config& config, const Segment& segment, const ConductorCommands& commands)
    : config_(with_folder(config)),
      segment_(segment),
      timeline_(segment.timeline()),
      store_(config.database()),
      tokens_(Tokens::from_file(config.data_dir + "/secret.key")),
      rooms_(config, segment_, store_),
      uploads_(loop, {.tracks_dir = config.tracks_dir(),
                      .uploads_dir = config.uploads_dir(),
                      .worker = commands.worker,
                      .max_bytes = config.max_upload_bytes,
                      .max_seconds = config.max_track_seconds}),
      robots_(loop, {.command = commands.robots,
                     .url = local_url(config.host, config.port, !config.tls_certificate.empty()),
                     .max_choirs = config.max_robot_rooms}),
      api_(config, rooms_, store_, robots_, {[this] { return now(); }, unix_now}),
      upload_api_(config, rooms_, store_, tokens_, uploads_, {[this] { return now(); }, unix_now},
                  [this](OpenRoom& open, const Effects& effects) { apply(open, effects); }),
      control_(loop, {.on_object = [this](ConnectionId link, const nlohmann::json& object) { on_object(link, object); },
                      .on_closed = [this](ConnectionId link) { on_link_closed(link); },
                      .on_unread = [this](ConnectionId link) { on_unread(link); },
                      .on_turn = [this] { finish(); }}) {
  uploads_.clean_up();
  const int adopted = rooms_.adopt(now());
  if (adopted > 0) settle_ns_ = now().ns + kSettleNs;
  touched_ns_ = now().ns;
  store_.drop_people(unix_now() - kKeepPeopleS);
  store_what_waits();
  collect_blobs();
  timer_ = make_uv<uv_timer_t>(this, [loop](uv_timer_t* timer) { return uv_timer_init(loop, timer); });
  uv_timer_start(
      timer_.get(), [](uv_timer_t* timer) { static_cast<Conductor*>(timer->data)->tick(); }, kTickMs, kTickMs);
  control_.listen(config.control_socket());
  segment_.conductor().heartbeat_ns.store(monotonic_ns());  // before the first tick
  segment_.conductor().pid.store(getpid());
  segment_.conductor().starts.fetch_add(1);
  spdlog::info("ready; {} rooms taken over", adopted);
}

Conductor::~Conductor() {
  finish();
  if (store_.flush_patiently()) return;
  spdlog::error("{} changes could not be stored and are lost: {}", store_.pending().size(), store_.error());
}

Moment Conductor::now() const {
  const int64_t ns = monotonic_ns();
  return {ns, timeline_.at(ns)};
}

int64_t Conductor::unix_now() {
  return static_cast<int64_t>(std::time(nullptr));
}

void Conductor::finish() {
  const int64_t now_ns = monotonic_ns();
  std::erase_if(with_news_, [&](const std::string& id) {
    OpenRoom* open = rooms_.find(id);
    if (open != nullptr && !open->news.due(now_ns)) return false;
    if (open != nullptr) tell_news(*open);
    return true;
  });
  store_what_waits();
  control_.flush();
}

// --- What shards say -----------------------------------------------------------------------------------------------

void Conductor::on_object(ConnectionId link, const nlohmann::json& object) {
  static constexpr std::pair<std::string_view, Handler> kHandlers[] = {
      {"client", &Conductor::on_client},
      {"closed", &Conductor::on_session_closed},
      {"measure", &Conductor::on_measure},
      {"http", &Conductor::on_http},
      {"upload_check", &Conductor::on_upload_check},
      {"upload", &Conductor::on_upload},
      {"shard", &Conductor::on_shard},
      {"sessions", &Conductor::on_sessions},
      {"upload_gone", &Conductor::on_upload_gone},
      {"upload_begin", &Conductor::on_upload_begin},
      {"upload_show", &Conductor::on_upload_show},
      {"upload_cancel", &Conductor::on_upload_cancel},
      {"piece_check", &Conductor::on_piece_check},
      {"piece", &Conductor::on_piece},
      {"bye", &Conductor::on_bye},
  };
  const std::string op = text_field(object, "op").value;
  const auto* handler =
      std::find_if(std::begin(kHandlers), std::end(kHandlers), [&](const auto& entry) { return entry.first == op; });
  if (handler == std::end(kHandlers) || (op != "shard" && !shards_.contains(link))) {
    spdlog::error("link {} said '{}', which is not expected", link, op);
    return;
  }
  (this->*handler->second)(link, object);
  // What must not be lost is numbered, and sent again until it is acknowledged.
  const auto number = integer_field(object, "seq", 1, kMaxNumber);
  const auto shard = shards_.find(link);
  if (!number.present || !number.valid || shard == shards_.end()) return;
  shard->second.heard(static_cast<uint64_t>(number.value));
  acknowledge(link);
}

void Conductor::acknowledge(ConnectionId link) {
  if (const auto number = shards_.at(link).acted_on()) control_.send(link, {{"op", "ack"}, {"seq", *number}});
}

void Conductor::on_shard(ConnectionId link, const nlohmann::json& object) {
  const auto index = integer_field(object, "index", 0, kMaxShards - 1);
  if (!index.present || !index.valid) {
    spdlog::error("link {} does not say which shard it is", link);
    control_.drop(link);
    return;
  }
  const auto before = std::find_if(shards_.begin(), shards_.end(),
                                   [&](const auto& entry) { return entry.second.index() == index.value && entry.first != link; });
  if (before != shards_.end()) control_.drop(before->first);
  ShardLink& shard = shards_.insert_or_assign(link, ShardLink(static_cast<int>(index.value))).first->second;
  shard.missed_word = missed_word_.erase(shard.index()) > 0;
  spdlog::info("shard {} is connected", index.value);
  const auto pid = integer_field(object, "pid", 1, kMaxNumber);
  if (pid.present && pid.valid) upload_api_.shard_started(static_cast<int>(index.value), pid.value);
  attach_all(link, object);
}

void Conductor::on_sessions(ConnectionId link, const nlohmann::json& object) {
  attach_all(link, object);
}

void Conductor::attach_all(ConnectionId link, const nlohmann::json& object) {
  const nlohmann::json* sessions = find_field(object, "sessions");
  if (sessions == nullptr || !sessions->is_array()) return;
  for (const nlohmann::json& facts : *sessions) attach(link, facts);
}

void Conductor::attach(ConnectionId link, const nlohmann::json& object) {
  const auto session = wire::read_session(object);
  if (!session) return;
  const SessionId id = *session;
  if (shards_.at(link).missed_word) {
    // Nobody knows what this client has not heard: it comes again and is told all.
    control_.send(link, {{"op", "expel"}, {"session", id}, {"code", kCloseBusy}, {"reason", "The server was busy."}});
    return;
  }
  const auto facts = wire::read_facts(object);
  const auto name = checked_name(facts ? facts->name : std::string());
  const auto role = role_from(facts ? facts->role : std::string());
  OpenRoom* open = facts ? rooms_.find(facts->room) : nullptr;
  if (!name || !role || open == nullptr || facts->generation != open->generation || sessions_.contains(id)) {
    // The room that it was in is no more; its client comes again with its token.
    control_.send(link, {{"op", "expel"}, {"session", id}, {"code", kCloseRestart}, {"reason", "The server was restarted."}});
    return;
  }
  Person known;
  known.id = facts->person;
  known.name = *name;
  known.role = *role;
  known.bucket = facts->bucket;
  known.muted = facts->muted;
  known.organiser = facts->organiser;
  known.robot = facts->robot;
  add_session(*open, id, link);
  Effects effects;
  open->room.attach(id, std::move(known), now(), effects);
  apply(*open, effects);
}

void Conductor::on_session_closed(ConnectionId link, const nlohmann::json& object) {
  const auto session = integer_field(object, "session", 0, kMaxNumber);
  if (!session.present || !session.valid) return;
  shards_.at(link).session_closed(static_cast<SessionId>(session.value));
  const auto known = sessions_.find(static_cast<SessionId>(session.value));
  if (known == sessions_.end() || known->second.link != link) return;
  OpenRoom* open = rooms_.find(known->second.room);
  const SessionId id = known->first;
  remove_session(id);
  Effects effects;
  open->room.lose(id, now(), effects);
  apply(*open, effects);
}

void Conductor::on_bye(ConnectionId link, const nlohmann::json&) {
  shards_.at(link).says_bye();
}

void Conductor::on_unread(ConnectionId link) {
  if (const auto shard = shards_.find(link); shard != shards_.end()) missed_word_.insert(shard->second.index());
}

void Conductor::on_link_closed(ConnectionId link) {
  const auto shard = shards_.find(link);
  if (shard == shards_.end()) return;
  if (shard->second.said_bye()) {
    spdlog::info("shard {} ends", shard->second.index());
  } else {
    spdlog::warn("shard {} is gone", shard->second.index());
  }
  shards_.erase(shard);
  upload_api_.link_closed(link);
  let_in_.erase(link);
  std::vector<SessionId> lost;
  for (const auto& [id, session] : sessions_) {
    if (session.link == link) lost.push_back(id);
  }
  for (const SessionId id : lost) {
    OpenRoom* open = rooms_.find(sessions_.at(id).room);
    remove_session(id);
    Effects effects;
    open->room.lose(id, now(), effects);
    apply(*open, effects);
  }
}

void Conductor::on_measure(ConnectionId link, const nlohmann::json& object) {
  const auto load = number_field(object, "load", 0, kMaxNumber);
  const auto capacity = integer_field(object, "capacity", 0, INT32_MAX);
  if (config_.refuse_singers) {
    shards_.at(link).reported(
        load.present && load.valid ? std::optional(load.value) : std::nullopt,
        capacity.present && capacity.valid ? std::optional(static_cast<int>(capacity.value)) : std::nullopt);
  }
  const nlohmann::json* rows = find_field(object, "rows");
  if (rows == nullptr || !rows->is_array()) return;
  for (const nlohmann::json& row : *rows) {
    if (!row.is_array() || row.size() < 3 || !row[0].is_number_integer() || !row[1].is_number() || !row[2].is_number()) continue;
    const auto known = sessions_.find(row[0].get<SessionId>());
    if (known == sessions_.end() || known->second.link != link) continue;
    const bool counted = row.size() > kBlocksColumn && row[kBlocksColumn].is_number_integer();
    const LoopReport report{.loop_ms = std::clamp(row[1].get<double>(), 0.0, double{kMaxReportedMs}),
                            .late_percent = std::clamp(row[2].get<double>(), 0.0, 100.0),
                            .blocks = counted
                                          ? static_cast<int>(std::clamp<int64_t>(row[kBlocksColumn].get<int64_t>(), 0, INT32_MAX))
                                          : LoopEstimate::kManyBlocks};
    rooms_.find(known->second.room)->room.measured(known->first, report);
  }
}

void Conductor::reply(ConnectionId link, const nlohmann::json& request, const ApiAnswer& answer) {
  if (control_.send(link, {{"op", "reply"}, {"request", request}, {"status", answer.status}, {"body", answer.body}})) return;
  const ApiAnswer too_long = api_error(500, "too_large", "The answer is too long to be told.");
  control_.send(link, {{"op", "reply"}, {"request", request}, {"status", too_long.status}, {"body", too_long.body}});
}

void Conductor::on_http(ConnectionId link, const nlohmann::json& object) {
  const nlohmann::json* request = find_field(object, "request");
  if (request == nullptr) return;
  const nlohmann::json* body = find_field(object, "body");
  reply(link, *request,
        api_.request(text_field(object, "method").value, text_field(object, "path").value, text_field(object, "address").value,
                     body != nullptr ? *body : nlohmann::json()));
}

namespace {

UploadApi::Asker asker_of(const nlohmann::json& object) {
  return {text_field(object, "room").value, text_field(object, "token").value, text_field(object, "address").value};
}

int64_t number_of(const nlohmann::json& object, const char* name) {
  const auto number = integer_field(object, name, 0, kMaxNumber);
  return number.present && number.valid ? number.value : -1;
}

std::string text_of(const nlohmann::json& object, const char* name) {
  return text_field(object, name).value;
}

}  // namespace

void Conductor::on_upload_check(ConnectionId link, const nlohmann::json& object) {
  const int64_t request = number_of(object, "request");
  if (request < 0) return;
  reply(link, request, upload_api_.check(asker_of(object), static_cast<uint64_t>(request), number_of(object, "size"), link));
}

void Conductor::on_upload_gone(ConnectionId, const nlohmann::json& object) {
  const int64_t request = number_of(object, "request");
  if (request >= 0) upload_api_.gone(static_cast<uint64_t>(request));
}

void Conductor::on_upload(ConnectionId link, const nlohmann::json& object) {
  const int64_t request = number_of(object, "request");
  if (request < 0) return;
  upload_api_.take(asker_of(object), static_cast<uint64_t>(request), text_of(object, "name"), text_of(object, "file"),
                   number_of(object, "size"), [this, link, request](const ApiAnswer& answer) { reply(link, request, answer); });
}

void Conductor::on_upload_begin(ConnectionId link, const nlohmann::json& object) {
  reply(link, number_of(object, "request"),
        upload_api_.begin(asker_of(object), text_of(object, "name"), number_of(object, "size"),
                          number_field(object, "seconds", 0, 1e9).value));
}

void Conductor::on_upload_show(ConnectionId link, const nlohmann::json& object) {
  reply(link, number_of(object, "request"), upload_api_.show(asker_of(object), text_of(object, "upload")));
}

void Conductor::on_upload_cancel(ConnectionId link, const nlohmann::json& object) {
  reply(link, number_of(object, "request"), upload_api_.cancel(asker_of(object), text_of(object, "upload")));
}

void Conductor::on_piece_check(ConnectionId link, const nlohmann::json& object) {
  reply(link, number_of(object, "request"),
        upload_api_.check_piece(asker_of(object), text_of(object, "upload"), number_of(object, "offset"),
                                number_of(object, "size")));
}

void Conductor::on_piece(ConnectionId link, const nlohmann::json& object) {
  const int64_t request = number_of(object, "request");
  upload_api_.take_piece(asker_of(object), text_of(object, "upload"), number_of(object, "offset"), number_of(object, "size"),
                         [this, link, request](const ApiAnswer& answer) { reply(link, request, answer); });
}

// --- What time brings ----------------------------------------------------------------------------------------------

void Conductor::tick() {
  const Moment moment = now();
  segment_.conductor().heartbeat_ns.store(moment.ns, std::memory_order_relaxed);
  const bool settle = settle_ns_ != 0 && moment.ns >= settle_ns_;
  if (settle) settle_ns_ = 0;
  for (const auto& [id, open] : rooms_.all()) {
    Effects effects;
    if (settle) open->room.settle(moment, effects);
    open->room.tick(moment, effects);
    apply(*open, effects);
  }
  let_in_.clear();
  std::vector<ConnectionId> links;
  for (const auto& [link, shard] : shards_) {
    if (shard.anybody_waits()) links.push_back(link);
  }
  for (const ConnectionId link : links) let_in(link);
  rooms_.tick(moment);
  upload_api_.tick();
  robots_.tick(moment.ns, [this](const std::string& room) {
    const OpenRoom* open = rooms_.find(room);
    return open != nullptr ? open->room.people().connected_humans() : 0;
  });
  if (moment.ns - touched_ns_ >= kTouchNs) {
    touched_ns_ = moment.ns;
    touch_people();
  }
  finish();
}

void Conductor::touch_people() {
  const int64_t time = unix_now();
  for (const auto& [id, open] : rooms_.all()) {
    for (const auto& [person, facts] : open->room.people().all()) {
      if (facts.connected() && facts.stored) store_.touch_person(id, person, time);
    }
  }
}

void Conductor::collect_blobs() {
  // What a crash left between a blob and its row in the database.
  for (const auto& entry : std::filesystem::directory_iterator(config_.tracks_dir())) {
    uint8_t digest[32];
    const std::string name = entry.path().filename().string();
    if (from_hex(name, digest)) upload_api_.review_blob(name);
  }
}

}  // namespace roundelay
