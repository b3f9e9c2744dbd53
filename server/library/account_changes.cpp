#include "server/library/account_changes.h"

#include <algorithm>
#include <memory>

#include "server/base/text.h"
#include "server/library/account_removal.h"
#include "server/library/accounts.h"

namespace roundelay {
namespace {

LibraryAnswer last_admin() {
  return library_error(409, "not_allowed", phrase("library_last_admin"));
}

int64_t characters_in(const std::string& utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

}  // namespace

std::optional<Sentence> new_password_fault(const std::string& once, const std::string& again) {
  if (once != again) return phrase("library_passwords_differ");
  if (characters_in(once) < kLeastPasswordCharacters)
    return phrase("library_password_is_short", {{"least", kLeastPasswordCharacters}});
  if (once.size() > kMostPasswordBytes) return phrase("library_password_is_long");
  return std::nullopt;
}

LibraryAnswer remove_account(Library& library, int64_t id, int64_t now_s, std::function<void(LibraryAnswer&)> when_removed) {
  const auto removal = std::make_shared<AccountRemoval>(id, now_s);
  return answered_by_slices(
      library, [removal](Library& then) { return removal->go_on(then); },
      [removal, when_removed = std::move(when_removed)](Library&) {
        LibraryAnswer out = removal->said();
        if (out.errors.empty() && when_removed) when_removed(out);
        return out;
      });
}

LibraryAnswer give_role(Library& library, int64_t id, LibraryRole role) {
  Accounts accounts(library.database);
  const auto there = accounts.by_id(id);
  if (!there) return library_unread();
  if (!*there) return library_not_found();
  if (role != LibraryRole::kAdmin && accounts.is_last_admin(id)) return last_admin();
  if (!accounts.set_role(id, role)) return library_unread();
  return library_answer({{"account", {{"id", id}, {"username", (*there)->name}, {"role", name_of(role)}}}});
}

}  // namespace roundelay
