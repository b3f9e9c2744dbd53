#include "server/conductor/conductor.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <utility>

#include "server/conductor/admission.h"
#include "server/conductor/fields.h"
#include "server/conductor/text.h"

namespace roundelay {
namespace {

constexpr uint64_t kTickMs = 50;
constexpr int64_t kSettleNs = 3'000'000'000;  // in which all shards have found a new conductor
constexpr int64_t kTouchNs = 30'000'000'000;
constexpr int64_t kKeepPeopleS = 30 * 86'400;  // how long organisers are known again by their token
constexpr int64_t kMaxNumber = int64_t{1} << 53;
constexpr int kMaxReportedMs = 600'000;

int64_t unix_now() {
  return static_cast<int64_t>(std::time(nullptr));
}

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
      api_(config, rooms_, store_, tokens_, uploads_, robots_, {[this] { return now(); }, unix_now},
           [this](OpenRoom& open, const Effects& effects) { apply(open, effects); }),
      control_(loop, {.on_object = [this](ConnectionId link, const nlohmann::json& object) { on_object(link, object); },
                      .on_closed = [this](ConnectionId link) { on_link_closed(link); },
                      .on_turn = [this] { finish(); }}) {
  uploads_.clean_up();
  const int adopted = rooms_.adopt(now());
  if (adopted > 0) settle_ns_ = now().ns + kSettleNs;
  touched_ns_ = now().ns;
  if (!store_.drop_people(unix_now() - kKeepPeopleS) || !store_.flush()) {
    throw std::runtime_error("The database cannot be written: " + store_.error() + ".");
  }
  collect_blobs();
  timer_ = make_uv<uv_timer_t>(this, [loop](uv_timer_t* timer) { return uv_timer_init(loop, timer); });
  uv_timer_start(
      timer_.get(), [](uv_timer_t* timer) { static_cast<Conductor*>(timer->data)->tick(); }, kTickMs, kTickMs);
  control_.listen(config.control_socket());
  spdlog::info("ready; {} rooms taken over", adopted);
}

Conductor::~Conductor() {
  finish();
}

Moment Conductor::now() const {
  const int64_t ns = monotonic_ns();
  return {ns, timeline_.at(ns)};
}

void Conductor::finish() {
  if (!store_.flush()) spdlog::error("the database cannot be written: {}", store_.error());
  control_.flush();
}

// --- What shards say -----------------------------------------------------------------------------------------------

void Conductor::on_object(ConnectionId link, const nlohmann::json& object) {
  static constexpr std::pair<std::string_view, Handler> kHandlers[] = {
      {"client", &Conductor::on_client}, {"closed", &Conductor::on_session_closed},     {"measure", &Conductor::on_measure},
      {"http", &Conductor::on_http},     {"upload_check", &Conductor::on_upload_check}, {"upload", &Conductor::on_upload},
      {"shard", &Conductor::on_shard},
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
  if (const auto number = integer_field(object, "seq", 1, kMaxNumber); number.present && number.valid)
    control_.send(link, {{"op", "ack"}, {"seq", number.value}});
}

void Conductor::on_shard(ConnectionId link, const nlohmann::json& object) {
  const auto index = integer_field(object, "index", 0, kMaxShards - 1);
  if (!index.present || !index.valid) {
    spdlog::error("link {} does not say which shard it is", link);
    control_.drop(link);
    return;
  }
  const auto before = std::find_if(shards_.begin(), shards_.end(),
                                   [&](const auto& entry) { return entry.second == index.value && entry.first != link; });
  if (before != shards_.end()) control_.drop(before->first);
  shards_[link] = static_cast<int>(index.value);
  const nlohmann::json* sessions = find_field(object, "sessions");
  if (sessions == nullptr || !sessions->is_array()) return;
  for (const nlohmann::json& facts : *sessions) attach(link, facts);
  spdlog::info("shard {} is connected with {} sessions", index.value, sessions->size());
}

void Conductor::attach(ConnectionId link, const nlohmann::json& facts) {
  const auto session = integer_field(facts, "session", 0, kMaxNumber);
  const auto person = integer_field(facts, "person", 1, kMaxNumber);
  const auto generation = integer_field(facts, "generation", 1, UINT32_MAX);
  const auto bucket = integer_field(facts, "bucket", 1, kMaxBuckets);
  const auto name = checked_name(text_field(facts, "name").value);
  const auto role = role_from(text_field(facts, "role").value);
  if (!session.present || !session.valid) return;
  const auto id = static_cast<SessionId>(session.value);
  OpenRoom* open = rooms_.find(text_field(facts, "room").value);
  const bool fits = person.present && person.valid && bucket.present && bucket.valid && name && role && open != nullptr &&
                    generation.valid && static_cast<uint32_t>(generation.value) == open->generation;
  if (!fits || sessions_.contains(id)) {
    // The room that it was in is no more; its client comes again with its token.
    control_.send(link, {{"op", "expel"}, {"session", id}, {"code", kCloseRestart}, {"reason", "The server was restarted."}});
    return;
  }
  Person known;
  known.id = static_cast<PersonId>(person.value);
  known.name = *name;
  known.role = *role;
  known.bucket = static_cast<int>(bucket.value);
  known.muted = bool_field(facts, "muted").value;
  known.organiser = bool_field(facts, "organiser").value;
  known.robot = bool_field(facts, "robot").value;
  add_session(*open, id, link);
  Effects effects;
  open->room.attach(id, std::move(known), now(), effects);
  apply(*open, effects);
}

void Conductor::on_client(ConnectionId link, const nlohmann::json& object) {
  const auto session = integer_field(object, "session", 0, kMaxNumber);
  const nlohmann::json* message = find_field(object, "msg");
  if (!session.present || !session.valid || message == nullptr || !message->is_object()) return;
  const auto id = static_cast<SessionId>(session.value);
  const auto known = sessions_.find(id);
  if (known == sessions_.end()) return greet(link, id, *message);
  if (known->second.link != link) {
    spdlog::error("link {} speaks for session {}, which is another's", link, id);
    return;
  }
  OpenRoom* open = rooms_.find(known->second.room);
  Effects effects;
  open->room.command(id, *message, now(), effects);
  apply(*open, effects);
}

void Conductor::greet(ConnectionId link, SessionId session, const nlohmann::json& message) {
  const auto admitted = admit(link, session, message);
  if (admitted) return;
  const std::string about = text_field(message, "type").value.substr(0, 40);
  control_.send(link, {{"op", "send"}, {"sessions", {session}}, {"msg", error_json(admitted.error(), about)}});
  if (!ends_the_connection(admitted.error())) return;
  control_.send(link, {{"op", "expel"}, {"session", session}, {"code", kCloseNotAdmitted}, {"reason", admitted.error().code}});
}

tl::expected<void, Refusal> Conductor::admit(ConnectionId link, SessionId session, const nlohmann::json& message) {
  const auto greeting = parse_greeting(message);
  if (!greeting) return tl::unexpected(greeting.error());
  const auto open = rooms_.open(greeting->room, now(), unix_now());
  if (!open) return tl::unexpected(open.error());
  Room& room = (*open)->room;

  Hello hello;
  hello.name = greeting->name;
  hello.role = greeting->role;
  hello.bucket = greeting->bucket;
  hello.robot = greeting->robot;
  if (greeting->key) {
    hello.has_key = key_fits(*greeting->key, (*open)->key_hash);
    if (!hello.has_key) return tl::unexpected(Refusal{"not_allowed", "This is not the organiser's key of this room."});
  }
  if (hello.robot && !hello.has_key)
    return tl::unexpected(Refusal{"not_allowed", "Robots need the organiser's key of the room."});
  if (greeting->token) {
    const std::optional<Token> token = tokens_.open(*greeting->token);
    if (!token || token->room != room.id())
      return tl::unexpected(Refusal{"bad_token", "The token does not fit this room; join without it."});
    hello.person = token->person;
    if (room.find(token->person) == nullptr) {
      if (const auto past = store_.person(room.id(), token->person)) {
        hello.was_organiser = past->person.organiser;
        hello.was_muted = past->person.muted;
      }
    }
  } else {
    hello.person = make_person();
  }
  hello.token = tokens_.seal({hello.person, room.id(), unix_now()});

  Effects effects;
  if (auto joined = room.join(session, hello, now(), effects); !joined) return joined;
  add_session(**open, session, link);
  apply(**open, effects);
  return {};
}

void Conductor::on_session_closed(ConnectionId link, const nlohmann::json& object) {
  const auto session = integer_field(object, "session", 0, kMaxNumber);
  const auto known = sessions_.find(static_cast<SessionId>(session.value));
  if (!session.present || !session.valid || known == sessions_.end() || known->second.link != link) return;
  OpenRoom* open = rooms_.find(known->second.room);
  const SessionId id = known->first;
  remove_session(id);
  Effects effects;
  open->room.lose(id, now(), effects);
  apply(*open, effects);
}

void Conductor::on_link_closed(ConnectionId link) {
  const auto shard = shards_.find(link);
  if (shard == shards_.end()) return;
  spdlog::warn("shard {} is gone", shard->second);
  shards_.erase(shard);
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
  const nlohmann::json* rows = find_field(object, "rows");
  if (rows == nullptr || !rows->is_array()) return;
  const Moment moment = now();
  for (const nlohmann::json& row : *rows) {
    if (!row.is_array() || row.size() < 3 || !row[0].is_number_integer() || !row[1].is_number() || !row[2].is_number()) continue;
    const auto known = sessions_.find(row[0].get<SessionId>());
    if (known == sessions_.end() || known->second.link != link) continue;
    const Room& room = rooms_.find(known->second.room)->room;
    const Person* person = room.find_session(known->first);
    if (person == nullptr || person->role != Role::kSinger || !room.song_is_on(moment)) continue;
    const double loop_ms = std::clamp(row[1].get<double>(), 0.0, double{kMaxReportedMs});
    const double late_percent = std::clamp(row[2].get<double>(), 0.0, 100.0);
    control_.send(link, {{"op", "send"},
                         {"sessions", {known->first}},
                         {"msg", {{"type", "loop"}, {"loop_ms", loop_ms}, {"late_percent", late_percent}}}});
  }
}

void Conductor::reply(ConnectionId link, const nlohmann::json& request, const ApiAnswer& answer) {
  control_.send(link, {{"op", "reply"}, {"request", request}, {"status", answer.status}, {"body", answer.body}});
}

void Conductor::on_http(ConnectionId link, const nlohmann::json& object) {
  const nlohmann::json* request = find_field(object, "request");
  if (request == nullptr) return;
  const nlohmann::json* body = find_field(object, "body");
  reply(link, *request,
        api_.request(text_field(object, "method").value, text_field(object, "path").value, text_field(object, "address").value,
                     body != nullptr ? *body : nlohmann::json()));
}

void Conductor::on_upload_check(ConnectionId link, const nlohmann::json& object) {
  const nlohmann::json* request = find_field(object, "request");
  if (request == nullptr) return;
  const auto size = integer_field(object, "size", 0, kMaxNumber);
  reply(link, *request, api_.upload_check(text_field(object, "room").value, text_field(object, "token").value, size.value));
}

void Conductor::on_upload(ConnectionId link, const nlohmann::json& object) {
  const nlohmann::json* request = find_field(object, "request");
  if (request == nullptr) return;
  const auto size = integer_field(object, "size", 0, kMaxNumber);
  api_.upload(text_field(object, "room").value, text_field(object, "token").value, text_field(object, "name").value,
              text_field(object, "file").value, size.value,
              [this, link, id = *request](const ApiAnswer& answer) { reply(link, id, answer); });
}

// --- What rooms want -----------------------------------------------------------------------------------------------

void Conductor::apply(OpenRoom& open, const Effects& effects) {
  for (const Effect& effect : effects) carry_out(open, effect);
}

void Conductor::carry_out(OpenRoom& open, const Effect& effect) {
  const auto send_to = [this](SessionId session, nlohmann::json object) {
    if (const auto known = sessions_.find(session); known != sessions_.end()) control_.send(known->second.link, object);
  };
  const auto check = [this](bool written) {
    if (!written) spdlog::error("the database cannot be written: {}", store_.error());
  };
  if (const auto* to = std::get_if<effect::ToSession>(&effect)) {
    send_to(to->session, {{"op", "send"}, {"sessions", {to->session}}, {"msg", to->message}});
  } else if (const auto* all = std::get_if<effect::ToRoom>(&effect)) {
    const nlohmann::json object = {{"op", "room"}, {"row", open.row}, {"generation", open.generation}, {"msg", all->message}};
    for (const auto& [link, sessions] : open.links) control_.send(link, object);
  } else if (const auto* admitted = std::get_if<effect::Admit>(&effect)) {
    const Person& person = admitted->person;
    send_to(*person.session, {{"op", "admit"},
                              {"session", *person.session},
                              {"person", person.id},
                              {"row", open.row},
                              {"generation", open.generation},
                              {"room", open.room.id()},
                              {"name", person.name},
                              {"bucket", person.bucket},
                              {"role", role_text(person.role)},
                              {"muted", person.muted},
                              {"organiser", person.organiser},
                              {"robot", person.robot},
                              {"leader", admitted->leader}});
  } else if (const auto* expelled = std::get_if<effect::Expel>(&effect)) {
    send_to(expelled->session,
            {{"op", "expel"}, {"session", expelled->session}, {"code", expelled->code}, {"reason", expelled->reason}});
    remove_session(expelled->session);
  } else if (const auto* save = std::get_if<effect::SavePerson>(&effect)) {
    check(store_.save_person(open.room.id(), save->person, save->present, unix_now()));
  } else if (std::holds_alternative<effect::SaveRoom>(effect)) {
    check(store_.save_room(open.room.id(), Rooms::stored(open.room), unix_now()));
  } else if (const auto* removed = std::get_if<effect::DeleteTrack>(&effect)) {
    check(store_.delete_track(open.room.id(), removed->track.id) && store_.flush());
    api_.review_blob(removed->track.sha256);
  } else if (const auto* over = std::get_if<effect::SongOver>(&effect)) {
    api_.review_blob(hex(over->digest));
  } else if (std::holds_alternative<effect::Publish>(effect)) {
    rooms_.publish(open);
  }
}

void Conductor::add_session(OpenRoom& open, SessionId session, ConnectionId link) {
  sessions_[session] = {link, open.room.id()};
  ++open.links[link];
}

void Conductor::remove_session(SessionId session) {
  const auto known = sessions_.find(session);
  if (known == sessions_.end()) return;
  if (OpenRoom* open = rooms_.find(known->second.room)) {
    if (--open->links[known->second.link] == 0) open->links.erase(known->second.link);
  }
  sessions_.erase(known);
}

// --- What time brings ----------------------------------------------------------------------------------------------

void Conductor::tick() {
  const Moment moment = now();
  const bool settle = settle_ns_ != 0 && moment.ns >= settle_ns_;
  if (settle) settle_ns_ = 0;
  for (const auto& [id, open] : rooms_.all()) {
    Effects effects;
    if (settle) open->room.settle(moment, effects);
    open->room.tick(moment, effects);
    apply(*open, effects);
  }
  rooms_.release_empty(moment);
  robots_.tick(moment.ns, [this](const std::string& room) {
    const OpenRoom* open = rooms_.find(room);
    return open != nullptr ? open->room.connected_humans() : 0;
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
    for (const auto& [person, facts] : open->room.people()) {
      if (facts.connected() && !store_.touch_person(id, person, time)) return;
    }
  }
}

void Conductor::collect_blobs() {
  // What a crash left between a blob and its row in the database.
  for (const auto& entry : std::filesystem::directory_iterator(config_.tracks_dir())) {
    uint8_t digest[32];
    const std::string name = entry.path().filename().string();
    if (from_hex(name, digest)) api_.review_blob(name);
  }
}

}  // namespace roundelay
