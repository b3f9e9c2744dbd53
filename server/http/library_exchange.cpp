#include "server/http/library_exchange.h"

#include <algorithm>

#include "server/http/answers.h"
#include "server/http/recording_files.h"

namespace roundelay {
namespace {

constexpr std::string_view kPathOfPlayers = "/rest";
constexpr size_t kMostUserAgentBytes = 512;

std::string header_lines(const link::TextPairs& headers) {
  std::string out;
  for (const auto& [name, value] : headers) out.append(name).append(": ").append(value).append("\r\n");
  return out;
}

}  // namespace

bool is_of_player(const HttpRequest& request) {
  return request.path == kPathOfPlayers || request.path.starts_with("/rest/");
}

const char* library_method(HttpRequest::Method method) {
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

nlohmann::json library_failed(nlohmann::json error) {
  return {{"ok", false}, {"errors", nlohmann::json::array({std::move(error)})}, {"data", nullptr}};
}
nlohmann::json library_failure(const std::string& code, const std::string& message) {
  return library_failed({{"code", code}, {"message", message}});
}
nlohmann::json library_failure(const std::string& code, const Sentence& said) {
  return library_failed(error_body(code, said)["error"]);
}
nlohmann::json librarian_away() {
  return library_failure("busy", phrase("library_is_unread"));
}

void answer_as_told(HttpRequest& request, int status, link::LibraryReply reply) {
  const bool is_json = reply.type.empty();
  HttpResponse response;
  if (is_json && reply.text.empty()) {
    response = json_response(status, reply.body);
  } else {
    if (is_json)
      reply.text += '\n';
    else
      response.content_type = std::move(reply.type);
    response.status = status;
    response.body = std::make_shared<const std::string>(std::move(reply.text));
  }
  response.more_headers += header_lines(reply.headers);
  request.respond(std::move(response));
}

link::Library asked_of_library(uint64_t id, const HttpRequest& request, const Config& config) {
  link::Library out{.request = id, .method = library_method(request.method), .player = is_of_player(request), .path = {}};
  out.path = request.path.substr(out.player ? kPathOfPlayers.size() : kLibraryPath.size());
  if (out.player) out.path.append("?").append(request.query);
  for (const std::string& argument : request.arguments) {
    if (out.player) break;
    const size_t equals = std::min(argument.find('='), argument.size());
    out.query.emplace_back(argument.substr(0, equals), argument.substr(std::min(equals + 1, argument.size())));
  }
  const std::pair<const char*, const std::string&> fields[] = {
      {"cookie", request.cookie}, {"authorization", request.authorization}, {"origin", request.origin},
      {"host", request.host},     {"if-none-match", request.if_none_match}, {"range", request.range}};
  for (const auto& [name, value] : fields) {
    if (!value.empty()) out.fields.emplace_back(name, value);
  }
  // Nothing but a login reads it.
  if (request.method == HttpRequest::Method::kPost && !request.user_agent.empty())
    out.fields.emplace_back("user-agent", request.user_agent.substr(0, kMostUserAgentBytes));
  out.address = request.address;
  out.secure = !config.tls_certificate.empty() || config.public_origin.starts_with("https://");
  return out;
}

void LibraryExchange::begin() {
  if (request_.content_length > 0) return;
  if (const LentFiles::Lent* lent = lent_ != nullptr ? lent_->find(request_, monotonic_ns()) : nullptr)
    return send(lent->file, lent->reply);
  on_json(nullptr);
}

void LibraryExchange::on_body_end() {
  auto body = is_of_player(request_) ? nlohmann::json(body_) : nlohmann::json::parse(body_, nullptr, false);
  if (body.is_discarded()) return answer(request_, 400, library_failure("bad_message", "The body must be JSON."));
  on_json(std::move(body));
}

void LibraryExchange::on_json(nlohmann::json body) {
  link::Library asked = asked_of_library(id_, request_, config_);
  asked.body = std::move(body);
  asked.encloses = true;
  ask_librarian(std::move(asked));
}

void LibraryExchange::pass_on(int status, link::LibraryReply reply) {
  if (reply.file.empty()) return answer_as_told(request_, status, std::move(reply));
  const std::string path = reply.file;
  const bool lends = lent_ != nullptr && status == 200;
  opening_ = open_file(loop_, path, [this, lends, reply = std::move(reply)](const std::optional<OpenedFile>& opened) {
    if (!opened) return answer_that_none_is_there();
    if (lends) lent_->keep(request_, reply, *opened, monotonic_ns());
    send(*opened, reply);
  });
}

void LibraryExchange::answer_that_none_is_there() {
  if (!request_.answered()) answer(request_, 404, library_failure("not_found", phrase("library_no_such_song")));
}

void LibraryExchange::send(const OpenedFile& file, const link::LibraryReply& reply) {
  if (request_.answered()) return;
  std::string headers = "vary: cookie, authorization\r\n";
  if (reply.bytes > 0) {
    HttpResponse response;
    response.content_type = reply.type;
    response.immutable = reply.immutable;
    response.is_hers = true;
    response.more_headers = headers + header_lines(reply.headers);
    response.file = std::make_shared<const FileBody>(FileBody{file.file, reply.first, reply.bytes});
    return request_.respond(std::move(response));
  }
  const size_t dot = std::min(reply.name.rfind('.'), reply.name.size());
  if (!reply.name.empty()) headers += disposition(reply.name.substr(0, dot), reply.name, reply.download);
  const std::string etag = reply.content.empty() ? file.etag : "\"" + reply.content + "-" + std::to_string(file.bytes) + "\"";
  request_.respond_with_file(file.file, file.bytes, etag, reply.type, false, headers);
}

}  // namespace roundelay
