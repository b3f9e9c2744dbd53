#include "server/http/json_exchange.h"

namespace roundelay {

void JsonExchange::begin() {
  const bool posts = request_.method == HttpRequest::Method::kPost;
  if (posts && request_.content_length > 0) return;  // its body comes first
  send(posts ? "POST" : request_.method == HttpRequest::Method::kDelete ? "DELETE" : "GET", nullptr);
}

void JsonExchange::on_body(std::span<const uint8_t> piece) {
  body_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
}

void JsonExchange::on_body_end() {
  auto body = nlohmann::json::parse(body_, nullptr, false);
  if (body.is_discarded()) return answer(request_, 400, error_body("bad_message", "The body must be JSON."));
  send("POST", std::move(body));
}

}  // namespace roundelay
