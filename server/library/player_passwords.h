// Passwords for players: what somebody types into a music player instead of her own password. Made by the library (100 random
// bits), shown once, revocable. Most players prove them by a digest with a salt of theirs, so that they must be read again: they
// are kept sealed. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/logins.h"
#include "server/library/sealer.h"

namespace roundelay {

class PlayerPasswords {
 public:
  static constexpr int64_t kMost = 20;  // of an account

  PlayerPasswords(LibraryDatabase& database, const Sealer& sealer) : database_(database), sealer_(sealer) {}

  // The password. Nothing: the account has as many as it may, or the database does not take it.
  [[nodiscard]] std::optional<std::string> add(int64_t account, const std::string& name, int64_t now_s);
  [[nodiscard]] FromStore<std::vector<Login>> of(int64_t account);
  // False if there was none, or the database does not take it.
  [[nodiscard]] bool remove(int64_t account, int64_t id);
  // Whether it is one of the account's by what `fits` says of them; it is marked as used then.
  [[nodiscard]] FromStore<bool> any_fits(int64_t account, const std::function<bool(const std::string& password)>& fits,
                                         int64_t now_s);

 private:
  LibraryDatabase& database_;
  const Sealer& sealer_;
};

}  // namespace roundelay
