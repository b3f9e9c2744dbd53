#include "server/library/account_changes.h"

#include <sqlite3.h>

#include <algorithm>

#include "server/base/text.h"
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

std::optional<std::vector<std::string>> drop_unused_files(LibraryDatabase& database) {
  std::vector<std::string> hashes;
  Query query(
      database.statement("DELETE FROM files WHERE kind <> 'cover' AND NOT EXISTS (SELECT 1 FROM songs WHERE songs.hash = "
                         "files.hash) RETURNING hash"));
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) hashes.push_back(query.text(0));
  if (result != SQLITE_DONE) return std::nullopt;
  return hashes;
}

LibraryAnswer remove_account(Library& library, int64_t id) {
  Accounts accounts(library.database);
  const auto there = accounts.by_id(id);
  if (!there) return library_unread();
  if (!*there) return library_not_found();
  if (accounts.is_last_admin(id)) return last_admin();
  std::vector<std::string> unneeded;
  const bool removed = library.database.transaction([&] {
    if (!accounts.remove(id)) return false;
    auto dropped = drop_unused_files(library.database);
    if (!dropped) return false;
    unneeded = *std::move(dropped);
    return true;
  });
  if (!removed) return library_unread();
  library.unneeded_files.insert(library.unneeded_files.end(), unneeded.begin(), unneeded.end());
  return library_answer(nullptr);
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
