#include "server/http/library_resource.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <utility>

#include "server/base/library_paths.h"
#include "server/http/answers.h"
#include "server/http/file_disposal.h"
#include "server/http/file_opening.h"
#include "server/http/recording_files.h"
#include "server/http/upload.h"
#include "server/net/multipart.h"
#include "server/wire/link/library.h"

namespace roundelay {
namespace {

constexpr std::string_view kUnder = "/api/library";
constexpr int kExchangesOfLibrary = 1'024;  // their numbers lie apart from those of the conductor

const char* name_of(HttpRequest::Method method) {
  using enum HttpRequest::Method;
  switch (method) {
    case kGet:
    case kHead:
      return "GET";
    case kPost:
      return "POST";
    case kPut:
      return "PUT";
    case kPatch:
      return "PATCH";
    case kDelete:
      return "DELETE";
    default:
      return "";
  }
}

nlohmann::json failed(nlohmann::json error) {
  return {{"ok", false}, {"errors", nlohmann::json::array({std::move(error)})}, {"data", nullptr}};
}
nlohmann::json failure(const std::string& code, const std::string& message) {
  return failed({{"code", code}, {"message", message}});
}
nlohmann::json failure(const std::string& code, const Sentence& said) {
  return failed(error_body(code, said)["error"]);
}
nlohmann::json librarian_away() {
  return failure("busy", phrase("library_is_unread"));
}

void answer_with_headers(HttpRequest& request, int status, const nlohmann::json& body, const link::TextPairs& headers) {
  HttpResponse response = json_response(status, body);
  for (const auto& [name, value] : headers) response.more_headers.append(name).append(": ").append(value).append("\r\n");
  request.respond(std::move(response));
}

link::Library asked_of(uint64_t id, const HttpRequest& request, const Config& config) {
  link::Library out{.request = id, .method = name_of(request.method), .path = request.path.substr(kUnder.size())};
  for (const std::string& argument : request.arguments) {
    const size_t equals = std::min(argument.find('='), argument.size());
    out.query.emplace_back(argument.substr(0, equals), argument.substr(std::min(equals + 1, argument.size())));
  }
  const std::pair<const char*, const std::string&> fields[] = {{"cookie", request.cookie},
                                                               {"authorization", request.authorization},
                                                               {"origin", request.origin},
                                                               {"host", request.host},
                                                               {"if-none-match", request.if_none_match}};
  for (const auto& [name, value] : fields) {
    if (!value.empty()) out.fields.emplace_back(name, value);
  }
  out.address = request.address;
  out.secure = !config.tls_certificate.empty() || config.public_origin.starts_with("https://");
  return out;
}

// Asks the librarian, and sends what it answers: JSON, or a file.
class LibraryExchange : public Exchange {
 public:
  LibraryExchange(uint64_t id, HttpRequest& request, ConductorLine& librarian, uv_loop_t* loop, const Config& config)
      : Exchange(id, request, librarian), loop_(loop), config_(config) {}

  void begin() {
    if (request_.content_length <= 0) ask_librarian(asked_of(id_, request_, config_));
  }
  void on_body(std::span<const uint8_t> piece) override {
    body_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
  void on_body_end() override {
    link::Library asked = asked_of(id_, request_, config_);
    asked.body = nlohmann::json::parse(body_, nullptr, false);
    if (asked.body.is_discarded()) return answer(request_, 400, failure("bad_message", "The body must be JSON."));
    ask_librarian(std::move(asked));
  }
  void on_reply(int status, const nlohmann::json& body) override { pass_on(status, link::LibraryReply::read(body)); }
  void on_conductor_lost() override {
    if (!opening_) answer(request_, 503, librarian_away());
  }
  void on_gone() override { opening_.reset(); }

 protected:
  void ask_librarian(link::Library asked) {
    if (!conductor_.ask(std::move(asked).to_json())) answer(request_, 503, librarian_away());
  }
  void pass_on(int status, link::LibraryReply reply) {
    if (reply.file.empty()) return answer_with_headers(request_, status, reply.body, reply.headers);
    const std::string path = reply.file;
    opening_ = open_file(loop_, path,
                         [this, reply = std::move(reply)](std::optional<OpenedFile> opened) { send(std::move(opened), reply); });
  }

  uv_loop_t* const loop_;
  const Config& config_;

 private:
  void send(std::optional<OpenedFile> opened, const link::LibraryReply& reply) {
    if (request_.answered()) return;
    if (!opened) return answer(request_, 404, failure("not_found", phrase("library_no_such_song")));
    std::string headers = "vary: cookie, authorization\r\n";
    const size_t dot = std::min(reply.name.rfind('.'), reply.name.size());
    if (!reply.name.empty()) headers += disposition(reply.name.substr(0, dot), reply.name, reply.download);
    request_.respond_with_file(std::move(opened->file), opened->bytes, opened->etag, reply.type, false, headers);
  }

  std::string body_;
  std::shared_ptr<void> opening_;
};

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
    link::Library asked = asked_of(id_, request_, config_);
    asked.check = true;
    ask_librarian(std::move(asked));
  }
  void on_body(std::span<const uint8_t> piece) override {
    if (!form_.feed(piece) || !fits_) refuse(400, failure("bad_message", "The body must be a form with one file."));
  }
  void on_body_end() override {
    if (!form_.finish() || !form_.file_name() || upload_->bytes() == 0)
      return refuse(422, failure("no_track", "The form must bring a file, and be whole."));
    upload_->finish();
  }
  void on_reply(int status, const nlohmann::json& body) override {
    if (admitted_) return LibraryExchange::on_reply(status, body);
    if (status != 100) return refuse(status, link::LibraryReply::read(body).body);
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
    LibraryExchange::on_gone();
  }

 private:
  void on_written(bool complete) {
    if (!complete) return refuse(507, failure("busy", phrase("disk_is_full")));
    handed_over_ = true;
    link::Library asked = asked_of(id_, request_, config_);
    asked.body = nlohmann::json::object();
    for (const auto& [name, value] : form_.fields()) asked.body[name] = value;
    asked.file = path_;
    asked.file_name = *form_.file_name();
    ask_librarian(std::move(asked));
    if (request_.answered()) dispose_of_file(loop_, -1, path_);  // no librarian took it
  }
  // At once, whatever of the body is still to come.
  void refuse(int status, const nlohmann::json& body) {
    if (request_.answered()) return;
    if (!handed_over_) upload_->abandon();
    answer(request_, status, body);
  }

  const std::string path_;
  std::shared_ptr<Upload> upload_;
  MultipartReader form_;
  bool fits_ = true;
  bool admitted_ = false;
  bool handed_over_ = false;  // the librarian has the file
};

}  // namespace

LibraryResource::LibraryResource(uv_loop_t* loop, const Config& config, int shard)
    : loop_(loop),
      config_(config),
      shard_(shard),
      link_(loop, library_socket(config), link_events()),
      librarian_(link_),
      exchanges_(kExchangesOfLibrary + shard, librarian_) {}

ControlLink::Events LibraryResource::link_events() {
  return {.greeting = [] { return std::vector<nlohmann::json>(); },
          .message =
              [this](nlohmann::json message) {
                const bool is_reply = link::kind_of(message) == link::Reply::kOp;
                const auto reply = is_reply ? link::Reply::read(std::move(message)) : std::nullopt;
                if (!reply) return spdlog::error("the librarian sent something that cannot be read");
                exchanges_.on_reply(*reply);
              },
          .state =
              [this](bool connected) {
                if (!connected) exchanges_.on_conductor_lost();
              }};
}

void LibraryResource::take(HttpRequest& request) {
  const int64_t bytes = request.content_length;
  const auto boundary = multipart_boundary(request.content_type);
  if (*name_of(request.method) == '\0') return answer(request, 405, failure("not_allowed", "This method is not known here."));
  if (!boundary) {
    if (bytes > kMostBodyBytes)
      return answer(request, 413, failure("too_large", phrase("body_is_too_large", {{"most", kMostBodyBytes / 1'024}})));
    return exchanges_.make<LibraryExchange>(request, loop_, config_).begin();
  }
  if (bytes <= 0) return answer(request, 411, failure("bad_message", "The size of the form must be announced (Content-Length)."));
  if (bytes > config_.max_upload_bytes + kMostFormBytes) {
    const Sentence said = phrase("track_file_is_too_large", {{"most", config_.max_upload_bytes / 1'000'000}});
    return answer(request, 413, failure("too_large", said), true);
  }
  // The conductor removes what a shard that is gone left behind, by this name.
  const std::string shard_files =
      config_.uploads_dir() + "/shard" + std::to_string(shard_) + "-" + std::to_string(getpid()) + "-library-";
  exchanges_.make<LibraryUploadExchange>(request, loop_, config_, *boundary, shard_files).begin_form();
}

}  // namespace roundelay
