// The rows of accounts. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/library_request.h"

namespace roundelay {

struct Account {
  int64_t id = 0;
  std::string name;
  std::string password = {};  // libsodium's text form of its hash
  LibraryRole role = LibraryRole::kMember;
  int64_t created_s = 0;
};

class Accounts {
 public:
  explicit Accounts(LibraryDatabase& database) : database_(database) {}

  // `name` as checked_name() leaves it; how it is written makes no difference (name_key()).
  [[nodiscard]] FromStore<std::optional<Account>> by_name(const std::string& name);
  [[nodiscard]] FromStore<std::optional<Account>> by_id(int64_t id);
  [[nodiscard]] FromStore<std::vector<Account>> all();
  // 0: the name is taken.
  [[nodiscard]] FromStore<int64_t> add(const Account& account);
  [[nodiscard]] bool set_password(int64_t id, const std::string& hash);
  // Removes it with its sessions, tokens and songs; the files are the caller's to look after.
  [[nodiscard]] bool remove(int64_t id);
  [[nodiscard]] bool set_role(int64_t id, LibraryRole role);
  // True when this account is an admin and no other one is.
  [[nodiscard]] bool is_last_admin(int64_t id);

 private:
  [[nodiscard]] FromStore<std::vector<Account>> read(Query& query);

  LibraryDatabase& database_;
};

}  // namespace roundelay
