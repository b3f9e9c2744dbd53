#include "server/library/password_tries.h"

#include <algorithm>

#include "server/base/ip_address.h"
#include "server/base/name_key.h"
#include "server/library/logins.h"

namespace roundelay {
namespace {

bool is_logged_in_at(Library& library, int64_t account, const std::string& address) {
  const auto sessions = Logins(library.database).sessions_of(account);
  if (!sessions) return false;
  return std::any_of(sessions->begin(), sessions->end(),
                     [key = limit_key(address)](const Login& each) { return limit_key(each.name) == key; });
}

}  // namespace

bool may_try_password(Library& library, const LibraryRequest& request, int64_t account, const std::string& name) {
  if (!library.limits.tries.allow(request.address, request.now_ns)) return false;
  if (account != 0 && is_logged_in_at(library, account, request.address)) return true;
  return library.limits.tries_of_account.allow(account != 0 ? std::to_string(account) : name_key(name), request.now_ns);
}

void password_was_right(Library& library, const std::string& address, int64_t now_ns) {
  library.limits.tries.give_back(address, now_ns);
}

}  // namespace roundelay
