#include "server/http/exchanges.h"

namespace roundelay {

Exchanges::~Exchanges() {
  for (const auto& [id, exchange] : all_) exchange->on_gone();
}

Exchange* Exchanges::open_of(HttpRequest& request) {
  return request.answered() ? nullptr : static_cast<Exchange*>(request.user);
}

void Exchanges::on_body(HttpRequest& request, std::span<const uint8_t> piece) {
  if (Exchange* exchange = open_of(request)) exchange->on_body(piece);
}

void Exchanges::on_body_end(HttpRequest& request) {
  if (Exchange* exchange = open_of(request)) exchange->on_body_end();
}

bool Exchanges::hold(const HttpRequest& request) const {
  const auto* exchange = static_cast<const Exchange*>(request.user);
  const auto found = exchange == nullptr ? all_.end() : all_.find(exchange->id());
  return found != all_.end() && found->second.get() == exchange;
}

void Exchanges::on_request_gone(HttpRequest& request) {
  auto* exchange = static_cast<Exchange*>(request.user);
  if (exchange == nullptr) return;
  request.user = nullptr;
  exchange->on_gone();
  all_.erase(exchange->id());
}

bool Exchanges::on_reply(link::Reply&& reply) {
  const auto found = all_.find(reply.request);
  if (found == all_.end()) return false;
  if (!found->second->request().answered()) found->second->on_reply(reply.status, std::move(reply.body));
  return true;
}

void Exchanges::on_conductor_lost() {
  for (const auto& [id, exchange] : all_) {
    if (!exchange->request().answered()) exchange->on_conductor_lost();
  }
}

}  // namespace roundelay
