#include "server/http/library_resource.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <utility>

#include "server/base/library_paths.h"
#include "server/http/answers.h"
#include "server/http/file_disposal.h"
#include "server/http/library_exchange.h"
#include "server/http/router.h"
#include "server/http/song_to_room.h"
#include "server/http/upload.h"
#include "server/net/multipart.h"
#include "server/wire/link/library.h"

namespace roundelay {
namespace {

constexpr int kExchangesOfLibrary = 1'024;  // their numbers lie apart from those of the conductor
constexpr int kExchangesOfBoth = 2'048;

// A form with a file: may it come; it comes; here it is.
class LibraryUploadExchange final : public LibraryExchange {
 public:
  LibraryUploadExchange(uint64_t id, HttpRequest& request, ConductorLine& librarian, uv_loop_t* loop, const Config& config,
                        const std::string& boundary, const std::string& shard_files)
      : LibraryExchange(id, request, librarian, loop, config),
        path_(shard_files + std::to_string(id) + ".upload"),
        form_(boundary, [this](std::span<const uint8_t> bytes) { fits_ = upload_->write(bytes) && fits_; }) {}

  void begin_form() {
    request_.pace = HttpRequest::Pace::kUpload;
    // The request outlives these callbacks: on_gone() abandons the upload first.
    upload_ = std::make_shared<Upload>(
        loop_, request_.content_length,
        Upload::Events{[this](bool paused) { request_.pause_body(paused); }, [this](bool complete) { on_written(complete); }});
    request_.pause_body(true);
    link::Library asked = asked_of_library(id_, request_, config_);
    asked.check = true;
    asked.bytes = request_.content_length;
    ask_librarian(std::move(asked));
  }
  void on_body(std::span<const uint8_t> piece) override {
    if (!form_.feed(piece) || !fits_)
      return refuse(400, library_failure("bad_message", "The body must be a form with one file."));
    if (upload_->bytes() > 0 && !begun_ && !form_.finish()) tell_begun();
  }
  void on_body_end() override {
    if (!form_.finish() || !form_.file_name() || upload_->bytes() == 0)
      return refuse(422, library_failure("no_track", "The form must bring a file, and be whole."));
    upload_->finish();
  }
  void on_reply(int status, nlohmann::json&& body) override {
    if (admitted_) return LibraryExchange::on_reply(status, std::move(body));
    if (status != 100) return refuse(status, link::LibraryReply::read(std::move(body)).body);
    admitted_ = true;
    upload_->start({.path = path_, .file_bytes = request_.content_length});
    request_.pause_body(false);
  }
  // What is being received goes on: the next librarian is asked when all has come.
  void on_conductor_lost() override {
    if (admitted_ && !handed_over_) return;
    if (handed_over_) dispose_of_file(loop_, -1, path_);  // the next one does not know of it
    refuse(503, librarian_away());
  }
  void on_gone() override {
    if (!handed_over_) upload_->abandon();  // the librarian looks after the file once it has it
    tell_gone();
    LibraryExchange::on_gone();
  }

 private:
  void on_written(bool complete) {
    if (!complete) return refuse(507, library_failure("busy", phrase("disk_is_full")));
    handed_over_ = true;
    link::Library asked = asked_with_fields();
    asked.bytes = request_.content_length;
    asked.file = path_;
    ask_librarian(std::move(asked));
    if (request_.answered()) dispose_of_file(loop_, -1, path_);  // no librarian took it
  }
  [[nodiscard]] link::Library asked_with_fields() const {
    link::Library asked = asked_of_library(id_, request_, config_);
    asked.body = nlohmann::json::object();
    for (const auto& [name, value] : form_.fields()) asked.body[name] = value;
    asked.file_name = form_.file_name().value_or("");
    return asked;
  }
  // So that the song is listed while its file comes. A librarian that is away learns of it at the end.
  void tell_begun() {
    begun_ = true;
    link::Library asked = asked_with_fields();
    asked.begun = true;
    static_cast<void>(conductor_.ask_line(asked.to_line()));
  }
  void tell_gone() {
    if (!begun_ || handed_over_) return;
    begun_ = false;
    link::Library asked = asked_of_library(id_, request_, config_);
    asked.gone = true;
    static_cast<void>(conductor_.ask_line(asked.to_line()));
  }
  // At once, whatever of the body is still to come.
  void refuse(int status, const nlohmann::json& body) {
    if (request_.answered()) return;
    if (!handed_over_) upload_->abandon();
    tell_gone();
    answer(request_, status, body);
  }

  const std::string path_;
  std::shared_ptr<Upload> upload_;
  MultipartReader form_;
  bool fits_ = true;
  bool admitted_ = false;
  bool begun_ = false;        // the librarian has been told of the first bytes
  bool handed_over_ = false;  // the librarian has the file
};

void refuse_method(HttpRequest& request) {
  HttpResponse refused = json_response(405, library_failure("not_allowed", "This method is not known here."));
  refused.more_headers = "allow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n";
  request.respond(std::move(refused));
}

}  // namespace

LibraryResource::LibraryResource(uv_loop_t* loop, const Config& config, int shard, ConductorLine& conductor,
                                 LibraryCounts& counts)
    : loop_(loop),
      config_(config),
      shard_(shard),
      link_(loop, library_socket(config), link_events()),
      librarian_(link_),
      conductor_(conductor),
      lent_(counts),
      exchanges_(kExchangesOfLibrary + shard, librarian_),
      with_rooms_(kExchangesOfBoth + shard, librarian_) {}

ControlLink::Events LibraryResource::link_events() {
  return {.greeting = [] { return std::vector<nlohmann::json>(); },
          .message =
              [this](nlohmann::json message) {
                const bool is_reply = link::kind_of(message) == link::Reply::kOp;
                auto reply = is_reply ? link::Reply::read(std::move(message)) : std::nullopt;
                if (!reply) return spdlog::error("the librarian sent something that cannot be read");
                if (!exchanges_.on_reply(*std::move(reply))) with_rooms_.on_reply(*std::move(reply));
              },
          .state =
              [this](bool connected) {
                if (connected) return;
                lent_.forget_all();
                exchanges_.on_conductor_lost();
                with_rooms_.on_conductor_lost();
              }};
}

void LibraryResource::take(HttpRequest& request) {
  // No cookie proves anything to players: a page of another site can do no more than whoever has somebody's secret.
  request.any_site = is_of_player(request);
  const int64_t bytes = request.content_length;
  const auto boundary = multipart_boundary(request.content_type);
  if (*library_method(request.method) == '\0') return refuse_method(request);
  if (boundary && is_of_player(request))
    return answer(request, 415, library_failure("bad_message", "A form must be application/x-www-form-urlencoded here."));
  if (!boundary) {
    if (bytes > kMostBodyBytes)
      return answer(request, 413, library_failure("too_large", phrase("body_is_too_large", {{"most", kMostBodyBytes / 1'024}})));
    Route::Parts parts;
    if (request.method == HttpRequest::Method::kPost && path_fits("/api/library/songs/*/room", request.path, parts))
      return with_rooms_.make<SongToRoom>(request, conductor_, loop_, config_, shard_files()).begin();
    return exchanges_.make<LibraryExchange>(request, loop_, config_, &lent_).begin();
  }
  if (bytes <= 0)
    return answer(request, 411, library_failure("bad_message", "The size of the form must be announced (Content-Length)."));
  if (bytes > config_.max_upload_bytes + kMostFormBytes) {
    const Sentence said = phrase("track_file_is_too_large", {{"most", config_.max_upload_bytes / 1'000'000}});
    return answer(request, 413, library_failure("too_large", said), true);
  }
  exchanges_.make<LibraryUploadExchange>(request, loop_, config_, *boundary, shard_files()).begin_form();
}

// The conductor removes what a shard that is gone left behind, by this name.
std::string LibraryResource::shard_files() const {
  return config_.uploads_dir() + "/shard" + std::to_string(shard_) + "-" + std::to_string(getpid()) + "-library-";
}

}  // namespace roundelay
