#include "server/net/http_request.h"

#include <libwebsockets.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <cstdlib>
#include <cstring>

#include "server/net/lws_text.h"

namespace roundelay {
namespace {

constexpr int kWriteTimeoutS = 30;  // for each piece

HttpRequest::Method method_of(lws* wsi) {
  if (lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI) > 0) return HttpRequest::Method::kGet;
  if (lws_hdr_total_length(wsi, WSI_TOKEN_HEAD_URI) > 0) return HttpRequest::Method::kHead;
  if (lws_hdr_total_length(wsi, WSI_TOKEN_POST_URI) > 0) return HttpRequest::Method::kPost;
  if (lws_hdr_total_length(wsi, WSI_TOKEN_DELETE_URI) > 0) return HttpRequest::Method::kDelete;
  return HttpRequest::Method::kOther;
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

HttpRequest::HttpRequest(lws* wsi, std::string_view path_of_it)
    : method(method_of(wsi)),
      path(path_of_it),
      arguments(query_arguments(wsi)),
      authorization(header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION)),
      address(peer_address(wsi)),
      wsi_(wsi) {
  const std::string length = header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
  if (!length.empty()) content_length = std::strtoll(length.c_str(), nullptr, 10);
}

void HttpRequest::respond(HttpResponse response) {
  assert(!answered_);
  answered_ = true;
  response_ = std::move(response);
  if (!response_.body) response_.body = std::make_shared<const std::string>();
  lws_set_timeout(wsi_, PENDING_TIMEOUT_HTTP_CONTENT, kWriteTimeoutS);
  lws_callback_on_writable(wsi_);
}

void HttpRequest::respond_moved(const std::string& origin) {
  std::string query;
  for (const std::string& argument : arguments) {
    const size_t equals = std::min(argument.find('='), argument.size());
    query += query.empty() ? '?' : '&';
    query += url_encoded(argument.substr(0, equals));
    if (equals < argument.size()) query.append("=").append(url_encoded(argument.substr(equals + 1)));
  }
  HttpResponse moved;
  moved.status = 301;
  moved.close = true;
  moved.location = origin + url_encoded(path) + query;
  respond(std::move(moved));
}

void HttpRequest::pause_body(bool paused) {
  lws_rx_flow_control(wsi_, paused ? 0 : 1);
}

int HttpRequest::write() {
  return headers_sent_ ? write_piece() : write_head();
}

int HttpRequest::write_head() {
  const size_t length = response_.body->size();
  std::array<uint8_t, LWS_PRE + 2048> buffer{};
  uint8_t* start = buffer.data() + LWS_PRE;
  uint8_t* at = start;
  uint8_t* end = buffer.data() + buffer.size() - 1;
  const auto add = [&](const char* name, std::string_view value) {
    return lws_add_http_header_by_name(wsi_, reinterpret_cast<const uint8_t*>(name),
                                       reinterpret_cast<const uint8_t*>(value.data()), static_cast<int>(value.size()), &at,
                                       end) == 0;
  };
  const bool fits =
      lws_add_http_header_status(wsi_, static_cast<unsigned>(response_.status), &at, end) == 0 &&
      add("content-type:", response_.content_type) && lws_add_http_header_content_length(wsi_, length, &at, end) == 0 &&
      add("cache-control:", response_.immutable ? "public, max-age=31536000, immutable" : "no-cache") &&
      add("cross-origin-opener-policy:", "same-origin") && add("cross-origin-embedder-policy:", "require-corp") &&
      add("cross-origin-resource-policy:", "same-origin") && add("x-content-type-options:", "nosniff") &&
      add("referrer-policy:", "no-referrer") &&
      add("content-security-policy:",
          "default-src 'self'; worker-src 'self' blob:; img-src 'self' data:; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'") &&
      (response_.location.empty() || add("location:", response_.location)) && (!response_.close || add("connection:", "close"));
  if (!fits || lws_finalize_write_http_header(wsi_, start, &at, end) != 0) return -1;
  headers_sent_ = true;
  if (method == Method::kHead || length == 0) return finish();
  lws_callback_on_writable(wsi_);
  return 0;
}

int HttpRequest::write_piece() {
  const std::string& body = *response_.body;
  if (sent_ >= body.size()) return 0;
  const size_t length = std::min(kPieceBytes, body.size() - sent_);
  std::vector<uint8_t> out(LWS_PRE + length);
  std::memcpy(out.data() + LWS_PRE, body.data() + sent_, length);
  sent_ += length;
  const bool last = sent_ == body.size();
  if (lws_write(wsi_, out.data() + LWS_PRE, length, last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) < 0) return -1;
  if (last) return finish();
  lws_set_timeout(wsi_, PENDING_TIMEOUT_HTTP_CONTENT, kWriteTimeoutS);
  lws_callback_on_writable(wsi_);
  return 0;
}

int HttpRequest::finish() const {
  return response_.close || lws_http_transaction_completed(wsi_) != 0 ? -1 : 0;
}

}  // namespace roundelay
