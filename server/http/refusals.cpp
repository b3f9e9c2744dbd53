#include "server/http/refusals.h"

#include <spdlog/spdlog.h>

namespace roundelay {
namespace {

constexpr size_t kToldHeaderBytes = 200;

}  // namespace

std::string where_from(const std::string& address, const std::string& peer, const std::string& forwarded_for,
                       const std::string& trusted_proxies) {
  const auto end = IpAddress::parse(peer);
  const bool trusted = end && AddressList::parse(trusted_proxies).value_or(AddressList()).contains(*end);
  std::string out = address;
  out.append(" (connection from ").append(peer).append(", X-Forwarded-For '");
  for (const char c : forwarded_for.substr(0, kToldHeaderBytes)) out += c < 0x20 || c == 0x7F ? '?' : c;
  out += "'): ";
  if (!trusted) {
    out.append("if ").append(peer).append(" is a proxy of yours, name it in trusted_proxies, which is '");
    out.append(trusted_proxies).append("' now");
  } else if (forwarded_for.empty()) {
    out.append("if ").append(peer).append(" is a proxy, let it tell who asks in X-Forwarded-For");
  } else {
    out.append("if ").append(address).append(" is a proxy of yours too, name it in trusted_proxies, which is '");
    out.append(trusted_proxies).append("' now");
  }
  return out;
}

void Refusals::look_at(const HttpRequest& request, int64_t now_ns) {
  if (!request.answered()) return;
  const int status = request.response().status;
  const bool too_fast = status == 429;
  const bool too_foreign = status == 403 && request.path == "/metrics";
  if ((!too_fast && !too_foreign) || !told_.take(now_ns)) return;
  const std::string from = where_from(request.address, request.peer, request.forwarded_for, trusted_proxies_);
  if (too_fast) {
    spdlog::warn("too many requests for {} of one address, {}", request.path, from);
  } else {
    spdlog::info("refused /metrics, which is for private addresses (metrics_public: for everybody), to {}", from);
  }
}

}  // namespace roundelay
