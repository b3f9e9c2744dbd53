#include "server/conductor/conductor.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <utility>

#include "server/base/text.h"
#include "server/wire/control/error.h"
#include "server/wire/link/ack.h"
#include "server/wire/link/expel.h"
#include "server/wire/link/reply.h"
#include "server/wire/link/send.h"

namespace roundelay {
namespace {

constexpr int64_t kSettleNs = 3'000'000'000;  // in which all shards have found a new conductor
constexpr int64_t kTouchNs = 30'000'000'000;
constexpr int64_t kLookForUnusedNs = 3'600'000'000'000;

// Before the database and the key are opened in it.
const Config& with_folder(const Config& config) {
  std::filesystem::create_directories(config.data_dir);
  return config;
}

UploadApi::Asker asker_of(const link::UploadAsker& asker) {
  return {asker.room, asker.token, asker.address};
}

}  // namespace

Conductor::Conductor(uv_loop_t* loop, const Config& config, const Segment& segment, const ConductorCommands& commands)
    : config_(with_folder(config)),
      segment_(segment),
      timeline_(segment.timeline()),
      store_(config.database()),
      tokens_(Tokens::from_file(config.data_dir + "/secret.key")),
      rooms_(config, segment_, store_),
      live_passes_(tokens_, rooms_, {[this] { return now(); }, unix_now}),
      uploads_(loop, {.blobs_dir = config.tracks_dir(),
                      .uploads_dir = config.uploads_dir(),
                      .worker = commands.worker,
                      .max_bytes = config.max_upload_bytes,
                      .max_seconds = config.max_track_seconds}),
      score_uploads_(loop, {.blobs_dir = config.scores_dir(),
                            .uploads_dir = config.uploads_dir(),
                            .worker = commands.score_worker,
                            .kind = UploadKind::kScore,
                            .max_bytes = kMostScoreBytes,
                            .time_limit_ms = 240'000}),
      programme_uploads_(loop, {.blobs_dir = config.uploads_dir(),
                                .uploads_dir = config.uploads_dir(),
                                .worker = commands.programme_worker,
                                .kind = UploadKind::kProgramme,
                                .carried = {config.tracks_dir(), config.scores_dir()},
                                .max_bytes = config.max_upload_bytes,
                                .max_seconds = config.max_track_seconds,
                                .time_limit_ms = 240'000}),
      arrivals_(rooms_, store_, {[this] { return now(); }, unix_now},
                [this](OpenRoom& open, const Effects& effects) { apply(open, effects); }),
      robots_(loop, {.command = commands.robots,
                     .url = local_url(config.host, config.port, !config.tls_certificate.empty(), config.base_path),
                     .max_choirs = config.max_robot_rooms}),
      api_(config, rooms_, live_passes_, store_, robots_, {[this] { return now(); }, unix_now}),
      upload_api_(config, rooms_, store_, tokens_, {uploads_, score_uploads_, programme_uploads_}, arrivals_,
                  {[this] { return now(); }, unix_now}, [this](OpenRoom& open, const Effects& effects) { apply(open, effects); }),
      words_api_(rooms_, store_, tokens_, {[this] { return now(); }, unix_now},
                 [this](OpenRoom& open, const Effects& effects) { apply(open, effects); }),
      recordings_(loop,
                  {.config = config,
                   .segment = segment_,
                   .store = store_,
                   .rooms = rooms_,
                   .clock = {[this] { return now(); }, unix_now},
                   .tell = [this](const std::string& room, const control::Recordings& news) { tell_of_recordings(room, news); },
                   .tell_empty = [this](const std::string& room) { tell_of_empty_recording(room); }},
                  commands.render),
      recordings_api_({.config = config,
                       .rooms = rooms_,
                       .store = store_,
                       .tokens = tokens_,
                       .recordings = recordings_,
                       .clock = {[this] { return now(); }, unix_now}}),
      score_api_(rooms_, tokens_, config.scores_dir()),
      track_api_(rooms_, tokens_, config.tracks_dir()),
      sung_api_(rooms_, store_, tokens_, {[this] { return now(); }, unix_now}),
      programme_api_({.loop = loop,
                      .config = config,
                      .rooms = rooms_,
                      .store = store_,
                      .tokens = tokens_,
                      .arrivals = arrivals_,
                      .clock = {[this] { return now(); }, unix_now},
                      .finish = [this] { finish(); }}),
      passwords_(loop),
      program_api_(
          rooms_, store_, passwords_, {[this] { return now(); }, unix_now},
          [this](OpenRoom& open, const Effects& effects) { apply(open, effects); }, [this] { finish(); }),
      operator_api_({.config = config,
                     .segment = segment_,
                     .rooms = rooms_,
                     .store = store_,
                     .clock = {[this] { return now(); }, unix_now},
                     .apply = [this](OpenRoom& open, const Effects& effects) { apply(open, effects); },
                     .counts = [this] { return counts(); },
                     .delete_room =
                         [this](const std::string& room) {
                           if (rooms_.find(room) == nullptr) return delete_stored_room(room);
                           given_up_.emplace(room, "room_was_deleted_by_operator");
                         }}),
      control_(loop, {.on_object = [this](ConnectionId link, nlohmann::json object) { on_object(link, std::move(object)); },
                      .on_closed = [this](ConnectionId link) { on_link_closed(link); },
                      .on_unread = [this](ConnectionId link) { on_unread(link); },
                      .on_turn = [this] { finish(); }}),
      calendar_(config.data_dir + "/calendar") {
  uploads_.clean_up();
  score_uploads_.clean_up();
  programme_uploads_.clean_up();
  const int adopted = rooms_.adopt(now());
  if (adopted > 0) settle_ns_ = now().ns + kSettleNs;
  recordings_.take_over();
  touched_ns_ = now().ns;
  store_.drop_people(unix_now() - config_.token_days * kDayS);  // nobody can show that she is one of them
  store_what_waits();
  forget_rooms();
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
  if (!given_up_.empty()) delete_rooms();
  store_what_waits();
  control_.flush();
}

// --- What shards say -----------------------------------------------------------------------------------------------

template <typename Message>
bool Conductor::hear_as(Conductor& self, ConnectionId link, nlohmann::json object) {
  auto message = Message::read(std::move(object));
  const bool readable = message.has_value();
  if (readable) self.on(link, *std::move(message));
  return readable;
}

void Conductor::on_object(ConnectionId link, nlohmann::json object) {
  using Hear = bool (*)(Conductor&, ConnectionId, nlohmann::json);
  static const std::map<std::string, Hear, std::less<>> kHears = [] {
    std::map<std::string, Hear, std::less<>> out{
        {link::Shard::kOp, hear_as<link::Shard>},
        {link::Sessions::kOp, hear_as<link::Sessions>},
        {link::Client::kOp, hear_as<link::Client>},
        {link::Closed::kOp, hear_as<link::Closed>},
        {link::Bye::kOp, hear_as<link::Bye>},
        {link::Measure::kOp, hear_as<link::Measure>},
        {link::Http::kOp, hear_as<link::Http>},
        {link::UploadGone::kOp, hear_as<link::UploadGone>},
        {link::Timing::kOp, hear_as<link::Timing>},
        {link::Words::kOp, hear_as<link::Words>},
        {link::Recordings::kOp, hear_as<link::Recordings>},
        {link::Levels::kOp, hear_as<link::Levels>},
        {link::ScorePage::kOp, hear_as<link::ScorePage>},
        {link::TrackFile::kOp, hear_as<link::TrackFile>},
        {link::Sung::kOp, hear_as<link::Sung>},
        {link::Live::kOp, hear_as<link::Live>},
        {link::Programme::kOp, hear_as<link::Programme>},
        {link::Operator::kOp, hear_as<link::Operator>},
    };
    for (const auto op : link::UploadBody::kOps) out.emplace(op, hear_as<link::UploadBody>);
    for (const auto op : link::UploadInPieces::kOps) out.emplace(op, hear_as<link::UploadInPieces>);
    return out;
  }();
  const std::string kind = link::kind_of(object);
  const auto number = link::number_of(object);
  const auto hears = kHears.find(kind);
  if (hears == kHears.end() || (kind != link::Shard::kOp && kind != link::Operator::kOp && !shards_.contains(link))) {
    spdlog::error("link {} said '{}', which is not expected", link, kind);
    return;
  }
  if (!hears->second(*this, link, std::move(object))) {
    spdlog::error("link {} said '{}' in a way that cannot be read", link, kind);
    if (kind == link::Shard::kOp) control_.drop(link);  // nobody knows which shard it is
  }
  // What must not be lost is numbered, and sent again until it is acknowledged.
  const auto shard = shards_.find(link);
  if (!number || shard == shards_.end()) return;
  shard->second.heard(*number);
  acknowledge(link);
}

void Conductor::acknowledge(ConnectionId link) {
  if (const auto number = shards_.at(link).acted_on()) control_.send(link, link::Ack{*number}.to_json());
}

link::Counts Conductor::counts() {
  link::Counts counts;
  count_rooms(rooms_.all(), now(), counts);
  count_disk(config_.data_dir, counts);
  recordings_.count(counts);
  for (const Uploads* each : {&uploads_, &score_uploads_, &programme_uploads_}) {
    counts.uploads_running += static_cast<int64_t>(each->running());
    counts.uploads_waiting += static_cast<int64_t>(each->waiting());
  }
  counts.passwords_waiting = static_cast<int64_t>(passwords_to_check_.size());
  counts.errors = errors_;
  return counts;
}

void Conductor::count_error(const nlohmann::json& error) {
  if (const auto code = error.find("code"); code != error.end() && code->is_string()) ++errors_[code->get<std::string>()];
}

void Conductor::send(ConnectionId link, SessionId session, nlohmann::json message) {
  if (control::type_of(message) == control::Error::kType) count_error(message);
  link::Send to{.sessions = {session}, .message = std::move(message)};
  control_.send(link, std::move(to).to_json());
}

void Conductor::expel(ConnectionId link, SessionId session, int code, std::string reason) {
  control_.send(link, link::Expel{session, static_cast<uint16_t>(code), std::move(reason)}.to_json());
}

void Conductor::on(ConnectionId link, const link::Shard& message) {
  if (message.version != link::kLinkVersion) {
    // It comes again and again.
    if (turned_away_.insert(message.index).second) {
      spdlog::error("shard {} speaks version {} of the link, this conductor {}: it must be started anew", message.index,
                    message.version, link::kLinkVersion);
    }
    return control_.drop(link);
  }
  turned_away_.erase(message.index);
  const auto before = std::find_if(shards_.begin(), shards_.end(), [&](const auto& entry) {
    return entry.second.index() == message.index && entry.first != link;
  });
  if (before != shards_.end()) control_.drop(before->first);
  ShardLink& shard = shards_.insert_or_assign(link, ShardLink(message.index)).first->second;
  shard.missed_word = missed_word_.erase(shard.index()) > 0;
  spdlog::info("shard {} is connected", message.index);
  if (message.pid) upload_api_.shard_started(message.index, *message.pid);
  for (const link::Present& present : message.sessions) attach(link, present);
}

void Conductor::on(ConnectionId link, const link::Sessions& message) {
  for (const link::Present& present : message.sessions) attach(link, present);
}

void Conductor::attach(ConnectionId link, const link::Present& present) {
  const SessionId id = present.session;
  // Nobody knows what this client has not heard: it comes again and is told all.
  if (shards_.at(link).missed_word) return expel(link, id, kCloseBusy, "The server was busy.");
  const auto& facts = present.facts;
  const auto name = checked_name(facts ? facts->name : std::string());
  OpenRoom* open = facts ? rooms_.find(facts->room) : nullptr;
  if (!name || open == nullptr || facts->generation != open->generation || sessions_.contains(id)) {
    // The room that it was in is no more; its client comes again with its token.
    return expel(link, id, kCloseRestart, "The server was restarted.");
  }
  Person known;
  known.id = facts->person;
  known.name = *name;
  known.role = facts->role;
  known.bucket = facts->bucket;
  known.muted = facts->muted;
  known.organiser = facts->organiser;
  known.robot = facts->robot;
  known.soloed = facts->soloed;
  known.hears_solo = facts->hears_solo;
  known.watches = facts->watches;
  known.left_out = facts->left_out;
  known.hears_part = facts->hears_part;
  add_session(*open, id, link);
  Effects effects;
  open->room.attach(id, std::move(known), now(), effects);
  apply(*open, effects);
}

void Conductor::on(ConnectionId link, const link::Closed& message) {
  shards_.at(link).session_closed(message.session);
  at_the_door_.erase(message.session);
  const auto known = sessions_.find(message.session);
  if (known == sessions_.end() || known->second.link != link) return;
  OpenRoom* open = rooms_.find(known->second.room);
  remove_session(message.session);
  Effects effects;
  open->room.lose(message.session, now(), effects);
  apply(*open, effects);
}

void Conductor::on(ConnectionId link, const link::Bye&) {
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
  std::erase_if(at_the_door_, [&](const auto& entry) { return entry.second == link; });
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

void Conductor::on(ConnectionId link, const link::Measure& message) {
  if (config_.refuse_singers) shards_.at(link).reported(message.load, message.capacity);
  const Moment moment = now();
  for (const link::Measure::Row& row : message.rows) {
    const auto known = sessions_.find(row.session);
    if (known == sessions_.end() || known->second.link != link) continue;
    const LoopReport report{.loop_ms = row.loop_ms,
                            .late_percent = row.late_percent,
                            .blocks = row.blocks.value_or(LoopEstimate::kManyBlocks),
                            .level_db = row.level_db};
    rooms_.find(known->second.room)->room.measured(row.session, report, moment);
  }
}

void Conductor::on(ConnectionId link, const link::Timing& message) {
  for (const link::Timing::Row& row : message.rows) {
    const auto known = sessions_.find(row.session);
    if (known == sessions_.end() || known->second.link != link) continue;
    OpenRoom* open = rooms_.find(known->second.room);
    Effects effects;
    open->room.timed(row.session, row.song, row.late_ms, effects);
    apply(*open, effects);
  }
}

void Conductor::on(ConnectionId link, const link::Levels& message) {
  OpenRoom* open = rooms_.in_row(message.row, message.generation);
  if (open == nullptr) return;
  std::vector<LevelReport> reports;
  reports.reserve(message.rows.size());
  for (const link::Levels::Row& row : message.rows) {
    const auto known = sessions_.find(row.session);
    if (known != sessions_.end() && known->second.link == link)
      reports.push_back({row.session, row.peak_db, row.level_db, row.after_db, row.noise_db, row.clips});
  }
  Effects effects;
  open->room.levels(reports, effects);
  apply(*open, effects);
}

void Conductor::reply(ConnectionId link, uint64_t request, const ApiAnswer& answer) {
  if (answer.status >= 400 && answer.body.contains("error")) count_error(answer.body["error"]);
  if (control_.send(link, link::Reply{request, answer.status, answer.body}.to_json())) return;
  const ApiAnswer too_long = api_error(500, "too_large", "The answer is too long to be told.");
  control_.send(link, link::Reply{request, too_long.status, too_long.body}.to_json());
}

void Conductor::on(ConnectionId link, const link::Http& message) {
  if (message.path == link::Counts::kPath) return reply(link, message.request, {200, counts().to_json()});
  if (!ProgramApi::is_for(message.path))
    return reply(link, message.request, api_.request(message.method, message.path, message.address, message.body));
  program_api_.request(message, [this, link, request = message.request](const ApiAnswer& made) {
    if (shards_.contains(link)) reply(link, request, made);
  });
}

void Conductor::on(ConnectionId link, const link::UploadBody& message) {
  using Step = link::UploadBody::Step;
  const UploadApi::Asker asker = asker_of(message.asker);
  const uint64_t request = message.asker.request;
  const auto answer = [this, link, request](const ApiAnswer& made) { reply(link, request, made); };
  switch (message.step) {
    case Step::kCheck:
      return answer(upload_api_.check(asker, request, message.size, link, message.song ? &*message.song : nullptr));
    case Step::kWhole:
      return upload_api_.take(asker, request, message.name, message.file, message.size, answer, message.song);
    case Step::kPieceCheck:
      return answer(upload_api_.check_piece(asker, message.upload, message.offset, message.size));
    case Step::kPiece:
      return upload_api_.take_piece(asker, message.upload, message.offset, message.size, answer);
  }
}

void Conductor::on(ConnectionId link, const link::UploadInPieces& message) {
  using Wish = link::UploadInPieces::Wish;
  const UploadApi::Asker asker = asker_of(message.asker);
  const auto answer = [&](const ApiAnswer& made) { reply(link, message.asker.request, made); };
  switch (message.wish) {
    case Wish::kBegin:
      return answer(upload_api_.begin(asker, message.name, message.size, message.seconds, message.kind));
    case Wish::kShow:
      return answer(upload_api_.show(asker, message.upload));
    case Wish::kCancel:
      return answer(upload_api_.cancel(asker, message.upload));
  }
}

void Conductor::on(ConnectionId link, const link::Programme& message) {
  programme_api_.answer(message,
                        [this, link, request = message.asker.request](const ApiAnswer& answer) { reply(link, request, answer); });
}

void Conductor::on(ConnectionId link, const link::Live& message) {
  const auto place = live_passes_.place(message.secret);
  reply(link, message.request,
        place ? ApiAnswer{200, place->to_json()} : api_error(404, "no_live", phrase("nothing_is_live_here")));
}

void Conductor::on(ConnectionId link, const link::ScorePage& message) {
  reply(link, message.asker.request, score_api_.answer(message));
}

void Conductor::on(ConnectionId link, const link::TrackFile& message) {
  reply(link, message.asker.request, track_api_.answer(message));
}

void Conductor::on(ConnectionId link, const link::Sung& message) {
  reply(link, message.asker.request, sung_api_.answer(message));
}

void Conductor::on(ConnectionId link, const link::Operator& message) {
  reply(link, message.request, operator_api_.answer(message));
}

void Conductor::on(ConnectionId link, const link::Words& message) {
  reply(link, message.asker.request, words_api_.answer(message));
}

void Conductor::on(ConnectionId link, const link::Recordings& message) {
  const uint64_t request = message.asker.request;
  if (message.wish != link::Recordings::Wish::kTrack) return reply(link, request, recordings_api_.answer(message));
  const auto track = recordings_api_.track_file(message);
  if (!track) return reply(link, request, track.error());
  // What becomes of it the room is told.
  const auto answered = std::make_shared<bool>(false);
  upload_api_.take(asker_of(message.asker), request, track->name, track->file, track->bytes, [=, this](const ApiAnswer& made) {
    if (!std::exchange(*answered, true)) reply(link, request, made);
  });
  if (!std::exchange(*answered, true)) reply(link, request, {202, {{"name", track->name}}});
}

void Conductor::on(ConnectionId, const link::UploadGone& message) {
  upload_api_.gone(message.request);
}

// --- What time brings ----------------------------------------------------------------------------------------------

void Conductor::tick() {
  const Moment moment = now();
  segment_.conductor().heartbeat_ns.store(moment.ns, std::memory_order_relaxed);
  const bool settle = settle_ns_ != 0 && moment.ns >= settle_ns_;
  if (settle) settle_ns_ = 0;
  const bool recording_trouble = recordings_.disk_fails();
  const bool drains = segment_.conductor().drain_until_ns.load() != 0;
  bool song_is_heard = false;
  for (const auto& [id, open] : rooms_.all()) {
    Effects effects;
    open->room.recording_trouble(recording_trouble, moment, effects);
    if (settle) open->room.settle(moment, effects);
    if (drains) open->room.no_more_songs(effects);
    open->room.tick(moment, effects);
    open->room.live_players(rooms_.live_players(open->row), moment, effects);
    apply(*open, effects);
    song_is_heard = song_is_heard || open->room.song_is_heard(moment);
  }
  let_in_.clear();
  std::vector<ConnectionId> links;
  for (const auto& [link, shard] : shards_) {
    if (shard.anybody_waits()) links.push_back(link);
  }
  for (const ConnectionId link : links) let_in(link);
  rooms_.tick(moment);
  recordings_.tick();
  upload_api_.tick();
  arrivals_.tick();
  programme_api_.tick();
  program_api_.tick();
  robots_.tick(moment.ns, [this](const std::string& room) {
    const OpenRoom* open = rooms_.find(room);
    return open != nullptr ? open->room.people().connected_humans() : 0;
  });
  if (moment.ns - touched_ns_ >= kTouchNs) {
    touched_ns_ = moment.ns;
    touch_people();
  }
  if (moment.ns - looked_for_unused_ns_ >= kLookForUnusedNs) forget_rooms();
  finish();
  if (drains) segment_.conductor().drained.store(song_is_heard ? 0 : 1);
}

void Conductor::touch_people() {
  const int64_t time = unix_now();
  for (const auto& [id, open] : rooms_.all()) {
    if (open->room.people().connected() > 0) store_.touch_room(id, time);
    for (const auto& [person, facts] : open->room.people().all()) {
      if (facts.connected() && facts.stored) store_.touch_person(id, person, time);
    }
  }
}

void Conductor::collect_blobs() {
  // What a crash left between a blob and its row in the database.
  const auto review = [this](UploadKind kind, const std::string& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      uint8_t digest[32];
      const std::string name = entry.path().filename().string();
      if (from_hex(name, digest)) upload_api_.review_blob(kind, name);
    }
  };
  review(UploadKind::kTrack, config_.tracks_dir());
  review(UploadKind::kScore, config_.scores_dir());
}

}  // namespace roundelay
