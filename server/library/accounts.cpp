#include "server/library/accounts.h"

#include <sqlite3.h>

#include "server/base/name_key.h"

namespace roundelay {
namespace {

std::optional<Account> first_of(std::vector<Account> rows) {
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

}  // namespace

FromStore<std::vector<Account>> Accounts::read(Query& query) {
  std::vector<Account> out;
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    out.push_back({.id = query.integer(0),
                   .name = query.text(1),
                   .password = query.text(2),
                   .role = library_role(query.text(3)).value_or(LibraryRole::kMember),
                   .created_s = query.integer(4)});
  }
  if (result != SQLITE_DONE) return tl::unexpected(StoreFailure{database_.error()});
  return out;
}

FromStore<std::optional<Account>> Accounts::by_name(const std::string& name) {
  Query query(database_.statement("SELECT id, name, password, role, created FROM accounts WHERE name_key = ?1"), name_key(name));
  return read(query).map(first_of);
}

FromStore<std::optional<Account>> Accounts::by_id(int64_t id) {
  Query query(database_.statement("SELECT id, name, password, role, created FROM accounts WHERE id = ?1"), id);
  return read(query).map(first_of);
}

FromStore<std::vector<Account>> Accounts::all() {
  Query query(database_.statement("SELECT id, name, password, role, created FROM accounts ORDER BY name_key"));
  return read(query);
}

FromStore<int64_t> Accounts::add(const Account& account) {
  Query query(database_.statement("INSERT INTO accounts(name, name_key, password, role, created) VALUES(?1, ?2, ?3, ?4, ?5)"),
              account.name, name_key(account.name), account.password, std::string(name_of(account.role)), account.created_s);
  switch (query.step()) {
    case SQLITE_DONE:
      return database_.last_id();
    case SQLITE_CONSTRAINT:
      return 0;
    default:
      return tl::unexpected(StoreFailure{database_.error()});
  }
}

bool Accounts::set_password(int64_t id, const std::string& hash) {
  return Query(database_.statement("UPDATE accounts SET password = ?2 WHERE id = ?1"), id, hash).step() == SQLITE_DONE;
}

bool Accounts::is_last_admin(int64_t id) {
  Query query(database_.statement("SELECT role = 'admin' AND (SELECT count(*) FROM accounts WHERE role = 'admin') = 1 "
                                  "FROM accounts WHERE id = ?1"),
              id);
  return query.step() == SQLITE_ROW && query.integer(0) != 0;
}

bool Accounts::remove(int64_t id) {
  return Query(database_.statement("DELETE FROM accounts WHERE id = ?1"), id).step() == SQLITE_DONE;
}

bool Accounts::set_role(int64_t id, LibraryRole role) {
  return Query(database_.statement("UPDATE accounts SET role = ?2 WHERE id = ?1"), id, std::string(name_of(role))).step() ==
         SQLITE_DONE;
}

}  // namespace roundelay
