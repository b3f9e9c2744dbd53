#include "server/http/http_routes.h"

#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>

#include "server/base/version.h"
#include "server/http/health.h"
#include "server/http/metrics.h"
#include "server/wire/link/counts.h"
#include "server/wire/link/http.h"
#include "server/wire/link/piece_place.h"
#include "server/wire/link/upload_gone.h"
#include "server/wire/link/upload_in_pieces.h"

namespace roundelay {

namespace {

constexpr size_t kMaxApiBody = 16'384;

// Of the header "Authorization: Bearer TOKEN"; empty when it is another one or none.
std::string token_of(const HttpRequest& request) {
  constexpr std::string_view kBearer = "bearer ";
  const std::string scheme = in_small_letters(request.authorization.substr(0, kBearer.size()));
  return scheme == kBearer ? request.authorization.substr(kBearer.size()) : std::string();
}

int64_t number_argument(const HttpRequest& request, const char* name) {
  const std::string text = argument(request.arguments, name);
  int64_t number = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : -1;
}

nlohmann::json too_much_for_api() {
  return error_body("too_large", "At most 16 KB are taken here.");
}

constexpr const char* kConductorAway = "The server is restarting. Try again in a few seconds.";

}  // namespace

std::optional<UploadPlace> upload_place(std::string_view path) {
  constexpr std::string_view kPrefix = "/api/rooms/";
  if (!path.starts_with(kPrefix)) return std::nullopt;
  path.remove_prefix(kPrefix.size());
  const size_t slash = path.find('/');
  if (slash == 0 || slash == std::string_view::npos) return std::nullopt;
  UploadPlace place{.room = std::string(path.substr(0, slash))};
  path.remove_prefix(slash + 1);
  if (path == "tracks") return place;
  constexpr std::string_view kUploads = "uploads";
  if (!path.starts_with(kUploads)) return std::nullopt;
  path.remove_prefix(kUploads.size());
  if (!path.empty() && (path[0] != '/' || path.size() == 1 || path.find('/', 1) != std::string_view::npos)) return std::nullopt;
  place.pieces = true;
  if (!path.empty()) place.id = path.substr(1);
  return place;
}

std::string argument(const std::vector<std::string>& arguments, const std::string& name) {
  for (const std::string& each : arguments) {
    if (each.starts_with(name + "=")) return each.substr(name.size() + 1);
  }
  return {};
}

nlohmann::json error_body(const std::string& code, const std::string& message) {
  return {{"error", {{"code", code}, {"message", message}}}};
}

HttpRoutes::HttpRoutes(uv_loop_t* loop, const Config& config, const Segment& segment, int shard, ControlLink& link)
    : loop_(loop),
      config_(config),
      segment_(segment),
      shard_(shard),
      link_(link),
      files_(config.web_dir),
      started_ns_(monotonic_ns()) {}

HttpRoutes::~HttpRoutes() {
  for (auto& [id, exchange] : exchanges_) {
    if (exchange->upload) exchange->upload->abandon();
  }
}

HttpRoutes::Exchange& HttpRoutes::make_exchange(HttpRequest& request, Kind kind) {
  auto exchange = std::make_unique<Exchange>();
  exchange->id = (uint64_t{static_cast<unsigned>(shard_)} << 40) + next_id_++;
  exchange->kind = kind;
  exchange->request = &request;
  request.user = exchange.get();
  return *(exchanges_[exchange->id] = std::move(exchange));
}

void HttpRoutes::answer(HttpRequest& request, int status, const nlohmann::json& body, bool close) {
  HttpResponse response;
  response.status = status;
  response.body = std::make_shared<const std::string>(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  response.close = close;
  request.respond(std::move(response));
}

void HttpRoutes::ask_for(Exchange& exchange, const char* method, const std::string& path, nlohmann::json body) {
  link::Http http{
      .request = exchange.id, .method = method, .path = path, .address = exchange.request->address, .body = std::move(body)};
  ask(exchange, std::move(http).to_json());
}

void HttpRoutes::ask(Exchange& exchange, const nlohmann::json& message) {
  if (!conductor_answers() || !link_.send(message)) answer(*exchange.request, 503, error_body("busy", kConductorAway));
}

bool HttpRoutes::conductor_answers() const {
  return link_.connected() && !conductor_stands(segment_, monotonic_ns());
}

void HttpRoutes::answer_health(HttpRequest& request) {
  std::vector<Trouble> found = troubles(segment_, monotonic_ns());
  if (found.empty() && !link_.connected()) found.push_back({"conductor", "away"});
  if (found.empty()) return answer(request, 200, {{"status", "ok"}});
  std::string sentence;
  nlohmann::json processes = nlohmann::json::array();
  for (const Trouble& each : found) {
    processes.push_back({{"process", each.process}, {"state", each.state}});
    sentence += (sentence.empty() ? "" : ", ") + each.process + " " + each.state;
  }
  nlohmann::json body = error_body("busy", "Not well: " + sentence + ".");
  body["status"] = "unwell";
  body["processes"] = std::move(processes);
  answer(request, 503, body);
}

void HttpRoutes::on_request(HttpRequest& request) {
  using Method = HttpRequest::Method;
  const bool reads = request.method == Method::kGet || request.method == Method::kHead;
  const std::string& path = request.path;
  if (path == "/healthz" && reads) {
    return answer_health(request);
  }
  if (path == "/status" && reads) {
    Exchange& exchange = make_exchange(request, Kind::kStatus);
    if (!conductor_answers()) return answer(request, 200, status_of_shards());
    return ask_for(exchange, "GET", link::Counts::kPath);
  }
  if (path == "/metrics" && reads) {
    if (!config_.metrics_public && !is_private_address(request.address))
      return answer(request, 403, error_body("not_allowed", "The metrics are told to private addresses alone (metrics_public)."));
    Exchange& exchange = make_exchange(request, Kind::kMetrics);
    if (!conductor_answers()) return answer_metrics(request, nullptr);
    return ask_for(exchange, "GET", link::Counts::kPath);
  }
  if (path.starts_with("/api/") && !path.starts_with("/api/internal")) {
    if (const auto place = upload_place(path)) {
      if (place->pieces) return on_pieces_request(request, *place);
      if (request.method == Method::kPost) return begin_upload(request, *place);
    }
    if (request.method == Method::kOther)
      return answer(request, 405, error_body("not_allowed", "This method is not known here."));
    if (request.content_length > static_cast<int64_t>(kMaxApiBody)) return answer(request, 413, too_much_for_api());
    Exchange& exchange = make_exchange(request, Kind::kApi);
    if (request.method == Method::kPost && request.content_length > 0) return;  // its body comes first
    const char* method = reads ? "GET" : request.method == Method::kPost ? "POST" : "DELETE";
    return ask_for(exchange, method, path);
  }
  if (reads) {
    if (const HttpResponse* file = files_.find(path)) return request.respond(*file);
    if (const HttpResponse* page = files_.nowhere(path)) return request.respond(*page);
    return answer(request, 404, error_body("not_found", "There is nothing at this address."));
  }
  answer(request, 405, error_body("not_allowed", "This method is not known here."));
}

void HttpRoutes::on_body(HttpRequest& request, std::span<const uint8_t> piece) {
  auto* exchange = static_cast<Exchange*>(request.user);
  if (exchange == nullptr || request.answered()) return;
  if (exchange->kind == Kind::kApi) {
    exchange->body.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  } else if (exchange->upload) {
    if (!exchange->upload->write(piece)) refuse(*exchange, 413, error_body("too_large", "More came than was announced."));
  }
}

void HttpRoutes::on_body_end(HttpRequest& request) {
  auto* exchange = static_cast<Exchange*>(request.user);
  if (exchange == nullptr || request.answered()) return;
  if (exchange->kind == Kind::kApi) {
    auto body = nlohmann::json::parse(exchange->body, nullptr, false);
    if (body.is_discarded()) return answer(request, 400, error_body("bad_message", "The body must be JSON."));
    return ask_for(*exchange, "POST", request.path, std::move(body));
  }
  if (exchange->upload) exchange->upload->finish();
}

void HttpRoutes::on_request_gone(HttpRequest& request) {
  auto* exchange = static_cast<Exchange*>(request.user);
  if (exchange == nullptr) return;
  request.user = nullptr;
  // The conductor removes the file once it has it.
  if (exchange->upload && !exchange->handed_over) {
    exchange->upload->abandon();
    // A link that takes nothing any more is about to be lost, and the conductor forgets what its shard was receiving.
    if (exchange->admitted && !exchange->place.pieces) (void)link_.send(link::UploadGone{exchange->id}.to_json());
  }
  exchanges_.erase(exchange->id);
}

// --- Uploads -----------------------------------------------------------------------------------------------------

// An upload in pieces is begun, asked after, given up, and its pieces come.
void HttpRoutes::on_pieces_request(HttpRequest& request, const UploadPlace& place) {
  using Method = HttpRequest::Method;
  if (request.method == Method::kPost && !place.id.empty()) return begin_upload(request, place);
  using Wish = link::UploadInPieces::Wish;
  std::optional<Wish> wish;
  if (place.id.empty() && request.method == Method::kPost) wish = Wish::kBegin;
  if (!place.id.empty() && request.method == Method::kGet) wish = Wish::kShow;
  if (!place.id.empty() && request.method == Method::kDelete) wish = Wish::kCancel;
  if (!wish) return answer(request, 405, error_body("not_allowed", "This method is not known here."));
  if (request.content_length > 0) return answer(request, 400, error_body("bad_message", "No body is taken here."));
  Exchange& exchange = make_exchange(request, Kind::kApi);
  exchange.place = place;
  const link::UploadInPieces message{.wish = *wish,
                                     .asker = asker_of(exchange),
                                     .name = argument(request.arguments, "name"),
                                     .size = number_argument(request, "size"),
                                     .seconds = std::strtod(argument(request.arguments, "seconds").c_str(), nullptr),
                                     .upload = place.id};
  ask(exchange, message.to_json());
}

// A track in one request, or a piece of one.
void HttpRoutes::begin_upload(HttpRequest& request, const UploadPlace& place) {
  Exchange& exchange = make_exchange(request, Kind::kUpload);
  request.pace = HttpRequest::Pace::kUpload;
  exchange.place = place;
  exchange.file_name = argument(request.arguments, "name");
  exchange.offset = number_argument(request, "offset");
  if (request.content_length < 0)
    return answer(request, 411, error_body("bad_message", "The size of the file must be announced (Content-Length)."), true);
  if (request.content_length == 0)
    return answer(request, 422, error_body("no_track", "This file is empty. Choose a file with sound in it."));
  if (request.content_length > config_.max_upload_bytes) {
    const std::string limit = std::to_string(config_.max_upload_bytes / 1'000'000);
    return answer(request, 413,
                  error_body("too_large", "This file is too large. Files of up to " + limit +
                                              " MB can be used: save it as MP3, M4A or FLAC."));
  }
  if (token_of(request).empty()) {
    return answer(
        request, 401,
        error_body("bad_token", "Who uploads must be in the room: the header Authorization must be Bearer and the token."));
  }
  if (!conductor_answers()) return refuse(exchange, 503, error_body("busy", kConductorAway));
  // The request outlives these callbacks: on_request_gone abandons the upload first.
  exchange.upload = std::make_shared<Upload>(
      loop_, request.content_length,
      Upload::Events{[&exchange](bool paused) { exchange.request->pause_body(paused); },
                     [this, &exchange](bool complete) {
                       if (complete) return hand_over(exchange);
                       refuse(exchange, 507, error_body("busy", "The server's disk has no room for the file. Try again later."));
                     }});
  // Pausing holds back only what has not been read yet: a first piece may come all the same, and waits in the upload.
  request.pause_body(true);
  ask_of_upload(exchange, place.pieces ? link::UploadBody::Step::kPieceCheck : link::UploadBody::Step::kCheck);
}

link::UploadAsker HttpRoutes::asker_of(const Exchange& exchange) {
  return {exchange.id, exchange.place.room, token_of(*exchange.request), exchange.request->address};
}

void HttpRoutes::ask_of_upload(Exchange& exchange, link::UploadBody::Step step) {
  const link::UploadBody message{.step = step,
                                 .asker = asker_of(exchange),
                                 .name = exchange.file_name,
                                 .upload = exchange.place.id,
                                 .offset = exchange.offset,
                                 .file = exchange.upload->path(),
                                 .size = exchange.request->content_length};
  ask(exchange, message.to_json());
}

// `body`: of a piece, in which file it belongs.
void HttpRoutes::on_upload_admitted(Exchange& exchange, const nlohmann::json& body) {
  exchange.admitted = true;
  if (exchange.place.pieces) {
    auto place = link::PiecePlace::read(body);
    if (!place) return refuse(exchange, 503, error_body("busy", kConductorAway));
    exchange.upload->start({.path = std::move(place->file), .offset = exchange.offset, .file_bytes = place->size, .piece = true});
  } else {
    // The conductor removes what a shard that is gone left behind, by this name.
    const std::string path = config_.uploads_dir() + "/shard" + std::to_string(shard_) + "-" + std::to_string(getpid()) + "-" +
                             std::to_string(exchange.id) + ".upload";
    exchange.upload->start({.path = path, .file_bytes = exchange.request->content_length});
  }
  exchange.request->pause_body(false);
}

// What was received, and nobody took. The file of an upload in pieces stays: in it lie those that were taken before.
void HttpRoutes::discard(const Exchange& exchange) {
  if (!exchange.place.pieces) unlink(exchange.upload->path().c_str());
}

void HttpRoutes::hand_over(Exchange& exchange) {
  exchange.handed_over = true;
  ask_of_upload(exchange, exchange.place.pieces ? link::UploadBody::Step::kPiece : link::UploadBody::Step::kWhole);
  if (exchange.request->answered()) discard(exchange);  // no conductor took it
}

// At once, whatever of the body is still to come.
void HttpRoutes::refuse(Exchange& exchange, int status, const nlohmann::json& body) {
  if (exchange.request->answered()) return;
  if (exchange.upload && !exchange.handed_over) exchange.upload->abandon();
  answer(*exchange.request, status, body);
}

// --- Answers of the conductor --------------------------------------------------------------------------------------

void HttpRoutes::on_reply(const link::Reply& reply) {
  const auto found = exchanges_.find(reply.request);
  if (found == exchanges_.end()) return;
  Exchange& exchange = *found->second;
  if (exchange.request->answered()) return;
  const int status = reply.status;
  const nlohmann::json& body = reply.body;
  switch (exchange.kind) {
    case Kind::kApi:
      return answer(*exchange.request, status, body);
    case Kind::kStatus: {
      nlohmann::json all = status_of_shards();
      if (body.is_object()) all.update(body);
      return answer(*exchange.request, 200, all);
    }
    case Kind::kMetrics:
      return answer_metrics(*exchange.request, status == 200 ? body : nlohmann::json());
    case Kind::kUpload:
      if (!exchange.admitted) {
        if (status == 100) return on_upload_admitted(exchange, body);
        return refuse(exchange, status, body);
      }
      return answer(*exchange.request, status, body);
  }
}

void HttpRoutes::on_conductor_lost() {
  for (auto& [id, exchange] : exchanges_) {
    if (exchange->request->answered()) continue;
    const auto body = error_body("busy", kConductorAway);
    if (exchange->kind == Kind::kStatus) {
      answer(*exchange->request, 200, status_of_shards());
    } else if (exchange->kind == Kind::kMetrics) {
      answer_metrics(*exchange->request, nullptr);
    } else if (exchange->kind == Kind::kApi) {
      answer(*exchange->request, 503, body);
    } else if (!exchange->admitted || exchange->handed_over) {
      if (exchange->handed_over) discard(*exchange);  // the next conductor does not know of it
      refuse(*exchange, 503, body);
    }
  }
}

void HttpRoutes::answer_metrics(HttpRequest& request, const nlohmann::json& counts) {
  std::optional<HostCounts> host;
  if (const auto read = link::Counts::read(counts)) host = HostCounts{read->rooms, read->people, read->singers};
  const double now_unix_s = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  HttpResponse response;
  response.content_type = kMetricsContentType;
  response.body = std::make_shared<const std::string>(metrics_text(segment_, host, monotonic_ns(), now_unix_s));
  request.respond(std::move(response));
}

nlohmann::json HttpRoutes::status_of_shards() const {
  nlohmann::json shards = nlohmann::json::array();
  nlohmann::json totals = nlohmann::json::object();
  for (int i = 0; i < static_cast<int>(segment_.size().max_shards); ++i) {
    const ShardRow& row = segment_.shard(i);
    nlohmann::json shard{{"index", i}, {"pid", row.pid.load()}, {"starts", row.starts.load()}};
    for (const ShardCounter& each : shard_counters()) {
      const uint64_t value = (row.*each.counter).get();
      shard[each.name] = value;
      totals[each.name] = totals.value(each.name, uint64_t{0}) + value;
    }
    const TimeHistogram::Counts ticks = row.tick_time.read();
    const auto microseconds = [](int64_t ns) {
      const int64_t tenths = ns / 100;
      return static_cast<double>(tenths) / 10;
    };
    shard["tick_us"] = {{"p50", microseconds(ticks.quantile_ns(0.5))},
                        {"p99", microseconds(ticks.quantile_ns(0.99))},
                        {"p99_9", microseconds(ticks.quantile_ns(0.999))},
                        {"worst", microseconds(ticks.worst_ns)}};
    shard["load"] = row.load_permille.load() / 1000.0;
    shard["strain"] = row.strain.load();
    shard["complexity"] = row.complexity.load();
    shard["singers"] = row.singers.load();
    shard["capacity"] = row.capacity.load();
    shards.push_back(std::move(shard));
  }
  const Segment::Memory memory = segment_.memory();
  nlohmann::json shared_memory{{"used_bytes", memory.used_bytes},
                               {"left_bytes", nullptr},  // no limit
                               {"songs_refused", segment_.conductor().songs_refused.load()}};
  if (memory.left_bytes) shared_memory["left_bytes"] = *memory.left_bytes;
  const int64_t now = monotonic_ns();
  const ConductorRow& conductor = segment_.conductor();
  return {{"version", kVersion},
          {"store",
           {{"failing", conductor.store_failing.load() != 0},
            {"waiting", conductor.unstored.load()},
            {"failures", conductor.store_failures.load()}}},
          {"uptime_s", (now - segment_.timeline().anchor_ns) / 1'000'000'000},
          {"position", segment_.timeline().at(now).samples},
          {"shared_memory", std::move(shared_memory)},
          {"shards", std::move(shards)},
          {"totals", std::move(totals)}};
}

}  // namespace roundelay
