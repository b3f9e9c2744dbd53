#include "server/library/library_identity.h"

#include <algorithm>

#include "server/library/logins.h"
#include "server/net/http_head.h"
#include "server/net/origin.h"

namespace roundelay {
namespace {

constexpr std::string_view kBearer = "bearer ";

// Browsers name the page's origin with whatever changes something; programs name none.
bool is_of_another_site(const Library& library, const LibraryRequest& request) {
  if (request.method == LibraryMethod::kGet || request.origin.empty()) return false;
  const std::string& allowed = library.settings.public_origin;
  return !is_own_origin(request.origin, request.host) && (allowed.empty() || !are_same_origin(request.origin, allowed));
}

LibraryAnswer too_many() {
  return library_too_often(phrase("library_too_many_requests"), 1);
}

}  // namespace

std::string_view cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trimmed_field(header.substr(0, end));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') return pair.substr(name.size() + 1);
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return {};
}

std::string session_cookie(std::string_view secret, std::string_view path, bool secure, int64_t keep_s) {
  const int64_t age_s = secret.empty() ? 0 : keep_s;
  std::string out(kLibraryCookie);
  out.append("=").append(secret).append("; Path=").append(path).append("; Max-Age=").append(std::to_string(age_s));
  return out.append("; HttpOnly; SameSite=Lax").append(secure ? "; Secure" : "");
}

std::optional<LibraryAnswer> identify(Library& library, LibraryRequest& request) {
  request.account.reset();
  if (!library.limits.requests.allow(request.address, request.now_ns)) return too_many();
  if (is_of_another_site(library, request))
    return library_error(403, "bad_origin", std::string("A page of another site may not ask for this."));
  Logins logins(library.database);
  auto found = FromStore<std::optional<LibraryAccount>>(std::nullopt);
  if (in_small_letters(std::string_view(request.authorization).substr(0, kBearer.size())) == kBearer) {
    found = logins.by_token(std::string_view(request.authorization).substr(kBearer.size()), request.unix_s);
    // Whoever sends a token means to be somebody.
    if (found && !*found) return library_error(401, "bad_token", phrase("library_token_is_wrong"));
  } else if (const auto secret = cookie_value(request.cookie, kLibraryCookie); !secret.empty()) {
    found = logins.by_session(secret, request.unix_s);
    request.account_is_gone = found && !*found && logins.is_of_gone_account(secret, request.unix_s);
  }
  if (!found) return library_unread();
  if (*found && !library.limits.account_requests.allow(std::to_string((*found)->id), request.now_ns)) return too_many();
  request.account = *std::move(found);
  return std::nullopt;
}

}  // namespace roundelay
