#include "server/singer/server_url.h"

#include <charconv>

namespace roundelay {

tl::expected<ServerUrl, std::string> parse_server_url(const std::string& text) {
  const auto bad = [&](const char* why) { return tl::unexpected("\"" + text + "\" is not a server's address: " + why); };
  ServerUrl url;
  std::string rest = text;
  if (const size_t scheme_end = text.find("://"); scheme_end != std::string::npos) {
    const std::string scheme = text.substr(0, scheme_end);
    rest = text.substr(scheme_end + 3);
    if (scheme == "wss" || scheme == "https") {
      url.tls = true;
    } else if (scheme != "ws" && scheme != "http") {
      return bad("it must begin with ws://, wss://, http:// or https://");
    }
  }
  url.port = url.tls ? 443 : 80;
  const size_t slash = rest.find('/');
  std::string authority = rest.substr(0, slash);
  if (slash != std::string::npos && rest.size() > slash + 1) url.path = rest.substr(slash);
  size_t colon = authority.rfind(':');
  if (authority.starts_with('[')) {
    const size_t bracket = authority.find(']');
    if (bracket == std::string::npos) return bad("a ] is missing");
    url.host = authority.substr(1, bracket - 1);
    colon = bracket + 1 < authority.size() && authority[bracket + 1] == ':' ? bracket + 1 : std::string::npos;
  } else {
    url.host = authority.substr(0, colon);
  }
  if (url.host.empty()) return bad("the host is missing");
  if (colon != std::string::npos) {
    const char* end = authority.data() + authority.size();
    const auto [rest_begin, error] = std::from_chars(authority.data() + colon + 1, end, url.port);
    if (error != std::errc() || rest_begin != end || url.port < 1 || url.port > 65'535)
      return bad("a port is a number from 1 to 65535");
  }
  return url;
}

}  // namespace roundelay
