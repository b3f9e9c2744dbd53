#include "server/http/http_routes.h"

#include "server/base/base_path.h"
#include "server/base/house_colours.h"
#include "server/base/library_paths.h"
#include "server/http/api_resource.h"
#include "server/http/health_resource.h"
#include "server/http/live_resource.h"
#include "server/http/metrics_resource.h"
#include "server/http/program_resource.h"
#include "server/http/programme_resource.h"
#include "server/http/score_resource.h"
#include "server/http/status_resource.h"
#include "server/http/sung_resource.h"
#include "server/http/track_resource.h"
#include "server/http/words_resource.h"

namespace roundelay {

HttpRoutes::HttpRoutes(uv_loop_t* loop, const Config& config, const Segment& segment, int shard, ControlLink& link,
                       LiveSource& live)
    : loop_(loop),
      config_(config),
      base_path_(config.base_path),
      segment_(segment),
      conductor_(segment, link),
      exchanges_(shard, conductor_),
      library_counts_(library_counts(config)),
      library_(loop, config, shard, conductor_, library_counts_),
      live_(live),
      files_(config.web_dir, config.base_path),
      uploads_(loop, config, shard, exchanges_),
      recordings_(loop, config, exchanges_),
      router_(routes(loop, config)),
      refusals_(config.trusted_proxies) {
  read_theme();
}

void HttpRoutes::settings_changed() {
  router_ = Router(routes(loop_, config_));
  read_theme();
}

void HttpRoutes::read_theme() {
  // Empty where there are none, so that the page can ask. The supervisor has checked the file.
  const auto colours = config_.theme.empty() ? HouseColours{} : read_house_colours_file(config_.theme).value_or(HouseColours{});
  files_.add("/theme.css", colours.css);
}

// Probes and Prometheus ask the server itself, whatever stands in front of it: they need not know its path.
void HttpRoutes::on_request(HttpRequest& request) {
  if (auto below = below_base(request.path, base_path_)) {
    request.path = *std::move(below);
  } else if (request.path + "/" == base_path_ && kReads.contain(request.method)) {
    request.path = base_path_;
    return request.respond_moved("");
  } else if (base_path_ != "/" && request.path != "/healthz" && request.path != "/metrics") {
    return answer(request, 404,
                  error_body("not_found", "There is nothing at this address: this server is at " + base_path_ + "."));
  }
  router_.on_request(request);
}

std::vector<Route> HttpRoutes::routes(uv_loop_t* loop, const Config& config) {
  using enum HttpRequest::Method;
  using Parts = Route::Parts;
  using Wish = link::UploadInPieces::Wish;
  const Body no_body{.kind = Body::Kind::kNone};
  const Body small{.kind = Body::Kind::kSmall, .most_bytes = 16'384};
  const Body sound_file{.kind = Body::Kind::kFile, .most_bytes = config.max_upload_bytes};
  const Body words_body{.kind = Body::Kind::kSmall, .most_bytes = kMostWordsBodyBytes};
  const Body mix_body{.kind = Body::Kind::kSmall, .most_bytes = 131'072};  // a line for each of a thousand tracks
  const MayAsk metrics_readers = config.metrics_public ? MayAsk::kEverybody : MayAsk::kPrivateAddresses;

  const auto health = [this](HttpRequest& r, const Parts&) { answer_health(r, segment_, conductor_); };
  const auto status = [this](HttpRequest& r, const Parts&) { answer_status(r, exchanges_, segment_); };
  const auto metrics = [this](HttpRequest& r, const Parts&) {
    answer_metrics(r, exchanges_, segment_, library_counts_, library_.is_there());
  };
  const auto track = [this](HttpRequest& r, const Parts& parts) { uploads_.take_track(r, parts[0]); };
  const auto piece = [this](HttpRequest& r, const Parts& parts) { uploads_.take_piece(r, parts[0], parts[1]); };
  const auto begin = [this](HttpRequest& r, const Parts& parts) { uploads_.ask(r, Wish::kBegin, parts[0], {}); };
  const auto show = [this](HttpRequest& r, const Parts& parts) { uploads_.ask(r, Wish::kShow, parts[0], parts[1]); };
  const auto cancel = [this](HttpRequest& r, const Parts& parts) { uploads_.ask(r, Wish::kCancel, parts[0], parts[1]); };
  const auto words = [this](link::Words::Wish what) {
    return [this, what](HttpRequest& r, const Parts& parts) {
      answer_words(r, exchanges_, what, parts[0], parts.size() > 1 ? parts[1] : std::string());
    };
  };
  using About = link::Words::Wish;
  using Take = link::Recordings::Wish;
  const auto recordings = [this](Take what) {
    return [this, what](HttpRequest& r, const Parts& parts) {
      recordings_.ask(r, what, parts[0], parts.size() > 1 ? parts[1] : std::string());
    };
  };
  const auto recorded = [this](HttpRequest& r, const Parts& parts) { recordings_.send_file(r, parts[0], parts[1], parts[2]); };
  const auto score_page = [this, loop](HttpRequest& r, const Parts& parts) {
    answer_score_page(r, loop, exchanges_, parts[0], parts[1], parts[2]);
  };
  const auto track_file = [this, loop, folder = config.uploads_dir()](HttpRequest& r, const Parts& parts) {
    answer_track_file(r, loop, exchanges_, folder, parts[0], parts[1]);
  };
  const auto programme_file = [this, loop](HttpRequest& r, const Parts& parts) {
    answer_programme_file(r, loop, exchanges_, parts[0]);
  };
  const auto programme_copy = [this](HttpRequest& r, const Parts& parts) { answer_programme_copy(r, exchanges_, parts[0]); };
  const auto sung = [this](HttpRequest& r, const Parts& parts) { answer_sung(r, exchanges_, parts[0]); };
  const auto live = [this](HttpRequest& r, const Parts& parts) { answer_live(r, exchanges_, live_, parts[0]); };
  const auto api = [this](HttpRequest& r, const Parts&) { answer_api(r, exchanges_); };
  const auto library = [this](HttpRequest& r, const Parts&) { library_.take(r); };
  const auto program = [this](HttpRequest& r, const Parts&) { answer_program(r, exchanges_); };
  const auto openapi = [](HttpRequest& r, const Parts&) { answer_openapi(r, kOpenApi); };
  const auto library_openapi = [](HttpRequest& r, const Parts&) { answer_openapi(r, kLibraryOpenApi); };
  const auto page = [this](HttpRequest& r, const Parts&) { files_.answer(r); };
  const auto socket = [](HttpRequest& r, const Parts&) {
    answer(r, 426, error_body("bad_message", "Here is a WebSocket: ask for an upgrade to it."));
  };
  const auto nothing = [](HttpRequest& r, const Parts&) {
    answer(r, 404, error_body("not_found", "There is nothing at this address."));
  };

  return {
      {kReads, "/healthz", MayAsk::kEverybody, {}, health},
      {kReads, "/status", MayAsk::kEverybody, {}, status},
      {kReads, "/metrics", metrics_readers, {}, metrics},
      {{kPost}, "/api/rooms/*/tracks", MayAsk::kTokenHolders, sound_file, track},
      {kReads, "/api/rooms/*/tracks/*/track.opus", MayAsk::kTokenHolders, no_body, track_file},
      {{kPost}, "/api/rooms/*/uploads", MayAsk::kEverybody, no_body, begin},
      {{kPost}, "/api/rooms/*/uploads/*", MayAsk::kTokenHolders, sound_file, piece},
      {{kGet}, "/api/rooms/*/uploads/*", MayAsk::kEverybody, no_body, show},
      {{kDelete}, "/api/rooms/*/uploads/*", MayAsk::kEverybody, no_body, cancel},
      {{kPost}, "/api/rooms/*/words", MayAsk::kTokenHolders, words_body, words(About::kAdd)},
      {{kPost}, "/api/rooms/*/words/*", MayAsk::kTokenHolders, words_body, words(About::kReplace)},
      {{kGet}, "/api/rooms/*/words/*", MayAsk::kTokenHolders, no_body, words(About::kShow)},
      {{kGet}, "/api/rooms/*/words/*/text", MayAsk::kTokenHolders, no_body, words(About::kShowText)},
      {{kPost}, "/api/rooms/*/words/*/times", MayAsk::kTokenHolders, words_body, words(About::kSetTimes)},
      {kReads, "/api/rooms/*/recordings", MayAsk::kTokenHolders, no_body, recordings(Take::kList)},
      {{kDelete}, "/api/rooms/*/recordings/*", MayAsk::kTokenHolders, no_body, recordings(Take::kDelete)},
      {{kPost}, "/api/rooms/*/recordings/*/mix", MayAsk::kTokenHolders, mix_body, recordings(Take::kMixAgain)},
      {{kPost}, "/api/rooms/*/recordings/*/track", MayAsk::kTokenHolders, small, recordings(Take::kTrack)},
      {{kPost}, "/api/rooms/*/recordings/*/zip", MayAsk::kTokenHolders, no_body, recordings(Take::kZip)},
      {kReads, "/api/rooms/*/recordings/*/*", MayAsk::kEverybody, no_body, recorded},
      {kAnyMethod, "/api/rooms/*/recordings"},
      {kAnyMethod, "/api/rooms/*/recordings/*"},
      {kAnyMethod, "/api/rooms/*/recordings/*/*"},
      {{kGet}, "/api/rooms/*/scores/*/*", MayAsk::kTokenHolders, no_body, score_page},
      {kAnyMethod, "/api/rooms/*/scores/*/*"},
      {kReads, "/api/rooms/*/sung", MayAsk::kTokenHolders, no_body, sung},
      {kAnyMethod, "/api/rooms/*/sung"},
      {{kGet}, "/api/rooms/*/programme.zip", MayAsk::kTokenHolders, no_body, programme_file},
      {{kPost}, "/api/rooms/*/programme/copy", MayAsk::kTokenHolders, small, programme_copy},
      {kAnyMethod, "/api/rooms/*/programme.zip"},
      {kAnyMethod, "/api/rooms/*/programme/copy"},
      {kAnyMethod, "/api/rooms/*/words"},
      {kAnyMethod, "/api/rooms/*/words/*"},
      {kAnyMethod, "/api/rooms/*/words/*/text"},
      {kAnyMethod, "/api/rooms/*/words/*/times"},
      {kAnyMethod, "/api/rooms/*/tracks"},
      {kAnyMethod, "/api/rooms/*/tracks/*/track.opus"},
      {kAnyMethod, "/api/rooms/*/uploads"},
      {kAnyMethod, "/api/rooms/*/uploads/*"},
      {{kPost}, "/api/rooms/*/commands", MayAsk::kEverybody, small, program},
      {{kGet}, "/api/rooms/*/state", MayAsk::kEverybody, no_body, program},
      {{kGet}, "/api/rooms/*/events", MayAsk::kEverybody, no_body, program},
      {kAnyMethod, "/api/rooms/*/commands"},
      {kAnyMethod, "/api/rooms/*/state"},
      {kAnyMethod, "/api/rooms/*/events"},
      {kReads, "/api/openapi.json", MayAsk::kEverybody, {}, openapi},
      {kAnyMethod, "/api/openapi.json"},
      {kReads, "/api/library/openapi.json", MayAsk::kEverybody, {}, library_openapi},
      {kAnyMethod, "/api/library", MayAsk::kEverybody, {}, library},
      {kAnyMethod, "/api/library/**", MayAsk::kEverybody, {}, library},
      {{kGet, kHead, kPost}, "/rest/**", MayAsk::kEverybody, {}, library},
      {kAnyMethod, "/rest/**"},
      {kReads, "/api/internal/**", MayAsk::kEverybody, {}, page},  // what shards ask of the conductor is nobody else's
      {kAnyMethod, "/api/internal/**"},
      {{kGet, kHead, kPost, kDelete}, "/api/**", MayAsk::kEverybody, small, api},
      {kReads, "/api", MayAsk::kEverybody, {}, nothing},
      {kReads, "/live/*", MayAsk::kEverybody, {}, live},
      {kReads, "/ws", MayAsk::kEverybody, {}, socket},
      {kReads, "/**", MayAsk::kEverybody, {}, page},
      {kAnyMethod, "/**"},
  };
}

}  // namespace roundelay
