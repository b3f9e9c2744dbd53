#include "server/net/http_request.h"

#include <algorithm>
#include <cassert>
#include <cctype>

#include <nlohmann/json.hpp>

#include "server/net/byte_range.h"
#include "server/net/forwarded.h"

namespace roundelay {
namespace {

constexpr size_t kMostHeadBytes = 1'024;  // mostly; without more_headers
constexpr int kNotModified = 304;         // has no body, and says nothing of its length

HttpRequest::Method method_of(std::string_view name) {
  if (name == "GET") return HttpRequest::Method::kGet;
  if (name == "HEAD") return HttpRequest::Method::kHead;
  if (name == "POST") return HttpRequest::Method::kPost;
  if (name == "DELETE") return HttpRequest::Method::kDelete;
  if (name == "PUT") return HttpRequest::Method::kPut;
  if (name == "PATCH") return HttpRequest::Method::kPatch;
  return HttpRequest::Method::kOther;
}

const char* name_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Answer";
  }
}

// What may not stand in an address as it is, percent-encoded (RFC 3986).
std::string url_encoded(std::string_view text) {
  constexpr std::string_view kPlain = "-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x80 && std::isalnum(byte) != 0) || kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return encoded;
}

}  // namespace

// In both forms that errors have, since it was refused before anybody knew whose address it is (PROTOCOL.md 4, 4.8).
HttpResponse response_to(const HttpFault& fault) {
  const nlohmann::json error{{"code", fault.code}, {"message", fault.message}};
  const nlohmann::json body{{"error", error}, {"ok", false}, {"errors", nlohmann::json::array({error})}, {"data", nullptr}};
  HttpResponse response;
  response.status = fault.status;
  response.body = std::make_shared<const std::string>(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  response.close = true;
  response.more_headers = fault.more_headers;
  return response;
}

std::string head_of(const HttpResponse& response, size_t body_bytes, bool close) {
  std::string head;
  head.reserve(kMostHeadBytes + response.more_headers.size());
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(name_of(response.status));
  head.append("\r\nserver: roundelay\r\ncontent-type: ").append(response.content_type);
  if (response.status != kNotModified && !response.streams)
    head.append("\r\ncontent-length: ").append(std::to_string(body_bytes));
  head.append("\r\ncache-control: ");
  head.append(response.streams ? "no-store"
              : response.immutable
                  ? (response.is_hers ? "private, max-age=31536000, immutable" : "public, max-age=31536000, immutable")
                  : "no-cache");
  head.append(
      "\r\ncross-origin-opener-policy: same-origin\r\ncross-origin-embedder-policy: require-corp"
      "\r\ncross-origin-resource-policy: ");
  head.append(response.any_site ? "cross-origin\r\naccess-control-allow-origin: *" : "same-origin");
  head.append(
      "\r\nx-content-type-options: nosniff"
      "\r\nreferrer-policy: no-referrer"
      "\r\ncontent-security-policy: default-src 'self'; worker-src 'self' blob:; img-src 'self' data:; media-src 'self' blob:; "
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n");
  if (!response.location.empty()) head += "location: " + response.location + "\r\n";
  head += response.more_headers;
  if (close) head += "connection: close\r\n";
  return head += "\r\n";
}

HttpRequest::HttpRequest(HttpHead head, std::string other_end, const AddressList& trusted_proxies, Channel& channel)
    : method(method_of(head.method)),
      path(std::move(head.path)),
      arguments(std::move(head.arguments)),
      query(std::move(head.query)),
      authorization(head.field("authorization")),
      last_event_id(head.field("last-event-id")),
      host(head.field("host")),
      range(head.field("range")),
      if_range(head.field("if-range")),
      if_none_match(head.field("if-none-match")),
      cookie(head.field("cookie")),
      origin(head.field("origin")),
      content_type(head.field("content-type")),
      user_agent(head.field("user-agent")),
      address(asker_of(other_end, head, trusted_proxies).address),
      peer(std::move(other_end)),
      forwarded_for(roundelay::forwarded_for(head)),
      content_length(head.content_length),
      channel_(channel) {}

void HttpRequest::respond(HttpResponse response) {
  assert(!answered_);
  answered_ = true;
  response_ = std::move(response);
  response_.any_site = any_site;
  if (response_.status == kNotModified) response_.body = nullptr;
  if (!response_.body) response_.body = std::make_shared<const std::string>();
  channel_.on_answer();
}

void HttpRequest::respond_with_file(std::shared_ptr<const FileDescriptor> file, int64_t bytes, const std::string& etag,
                                    const std::string& type, bool immutable, const std::string& more_headers) {
  HttpResponse response;
  response.content_type = type;
  response.immutable = immutable;
  response.more_headers = "accept-ranges: bytes\r\netag: " + etag + "\r\n";
  response.more_headers += more_headers;
  if (etag_is_known(if_none_match, etag)) {
    response.status = kNotModified;
    return respond(std::move(response));
  }
  const RangeAnswer part = range_answer(range, if_range, etag, bytes);
  response.status = part.status;
  response.more_headers += part.content_range;
  if (part.bytes > 0) response.file = std::make_shared<const FileBody>(FileBody{std::move(file), part.first, part.bytes});
  respond(std::move(response));
}

void HttpRequest::respond_with_stream(const std::string& type) {
  HttpResponse response;
  response.content_type = type;
  response.streams = true;
  response.close = true;  // its end is the connection's
  respond(std::move(response));
}

void HttpRequest::respond_moved(const std::string& to) {
  std::string again;
  for (const std::string& argument : arguments) {
    const size_t equals = std::min(argument.find('='), argument.size());
    again += again.empty() ? '?' : '&';
    again += url_encoded(argument.substr(0, equals));
    if (equals < argument.size()) again.append("=").append(url_encoded(argument.substr(equals + 1)));
  }
  HttpResponse moved;
  moved.status = 301;
  moved.close = true;
  moved.location = to + url_encoded(path) + again;
  respond(std::move(moved));
}

}  // namespace roundelay
