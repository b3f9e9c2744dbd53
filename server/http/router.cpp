#include "server/http/router.h"

#include <cassert>

#include "server/http/answers.h"
#include "server/http/private_address.h"

namespace roundelay {
namespace {

// Both answer when the request is refused; then they are false.
bool body_fits(HttpRequest& request, const Body& body) {
  const bool file = body.kind == Body::Kind::kFile;
  if (body.kind == Body::Kind::kIgnored) return true;
  if (file && request.content_length < 0) {
    answer(request, 411, error_body("bad_message", "The size of the file must be announced (Content-Length)."), true);
  } else if (file && request.content_length == 0) {
    answer(request, 422, error_body("no_track", phrase("empty_track")));
  } else if (file && request.content_length > body.most_bytes) {
    answer(request, 413, error_body("too_large", phrase("track_file_is_too_large", {{"most", body.most_bytes / 1'000'000}})));
  } else if (body.kind == Body::Kind::kNone && request.content_length > 0) {
    answer(request, 400, error_body("bad_message", "No body is taken here."));
  } else if (body.kind == Body::Kind::kSmall && request.content_length > body.most_bytes) {
    answer(request, 413, error_body("too_large", phrase("body_is_too_large", {{"most", body.most_bytes / 1'024}})));
  }
  return !request.answered();
}

bool may_ask(HttpRequest& request, MayAsk who) {
  if (who == MayAsk::kPrivateAddresses && !is_private_address(request.address)) {
    answer(request, 403, error_body("not_allowed", "The metrics are told to private addresses alone (metrics_public)."));
  } else if (who == MayAsk::kTokenHolders && token_of(request).empty()) {
    answer(request, 401,
           error_body("bad_token", "This is for people of the room: the header Authorization must be Bearer and the token."));
  }
  return !request.answered();
}

}  // namespace

bool path_fits(std::string_view pattern, std::string_view path, Route::Parts& parts) {
  parts.clear();
  while (!pattern.empty()) {
    if (pattern == "/**") return !path.empty();
    if (path.empty() || path.front() != '/') return false;
    const size_t pattern_end = pattern.find('/', 1);
    const size_t path_end = path.find('/', 1);
    const std::string_view wanted = pattern.substr(1, pattern_end == pattern.npos ? pattern.npos : pattern_end - 1);
    const std::string_view part = path.substr(1, path_end == path.npos ? path.npos : path_end - 1);
    if (wanted == "*" && !part.empty()) {
      parts.emplace_back(part);
    } else if (wanted != part) {
      return false;
    }
    pattern.remove_prefix(pattern_end == pattern.npos ? pattern.size() : pattern_end);
    path.remove_prefix(path_end == path.npos ? path.size() : path_end);
  }
  return path.empty();
}

std::string Router::methods_of(const HttpRequest& request) const {
  using enum HttpRequest::Method;
  std::string out;
  Route::Parts parts;
  for (const auto& [method, name] : {std::pair{kGet, "GET"}, std::pair{kHead, "HEAD"}, std::pair{kPost, "POST"},
                                     std::pair{kDelete, "DELETE"}, std::pair{kPut, "PUT"}, std::pair{kPatch, "PATCH"}}) {
    for (const Route& route : routes_) {
      if (!route.methods.contain(method) || !path_fits(route.path, request.path, parts)) continue;
      if (route.answer) out.append(out.empty() ? "" : ", ").append(name);
      break;
    }
  }
  return out;
}

void Router::refuse_method(HttpRequest& request) const {
  const std::string methods = methods_of(request);
  HttpResponse response =
      json_response(405, error_body("not_allowed", "This method is not known here; " +
                                                       (methods.empty() ? "none is" : methods + " may be used") + "."));
  response.more_headers = "allow: " + methods + "\r\n";
  request.respond(std::move(response));
}

void Router::on_request(HttpRequest& request) const {
  Route::Parts parts;
  for (const Route& route : routes_) {
    if (!route.methods.contain(request.method) || !path_fits(route.path, request.path, parts)) continue;
    if (!route.answer) return refuse_method(request);
    if (body_fits(request, route.body) && may_ask(request, route.who)) route.answer(request, parts);
    return;
  }
  assert(false && "the last row must fit everything");
  answer(request, 404, error_body("not_found", "There is nothing at this address."));
}

}  // namespace roundelay
