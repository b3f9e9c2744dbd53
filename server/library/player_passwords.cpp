#include "server/library/player_passwords.h"

#include "server/base/tokens.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr int64_t kMarkEveryS = 3'600;

// Two ids, in groups that can be typed into a telephone.
std::string made_password() {
  const std::string letters = make_id() + make_id();
  std::string out;
  for (size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && i % 5 == 0) out += '-';
    out += letters[i];
  }
  return out;
}

}  // namespace

std::optional<std::string> PlayerPasswords::add(int64_t account, const std::string& name, int64_t now_s) {
  const auto there = sql_integer(database_, "SELECT COUNT(*) FROM player_passwords WHERE account = ?", {account});
  if (!there || *there >= kMost) return std::nullopt;
  std::string password = made_password();
  if (!run_sql(database_, "INSERT INTO player_passwords (account, name, sealed, created, last_used) VALUES (?, ?, ?, ?, ?)",
               {account, name, sealer_.seal(password, account), now_s, now_s}))
    return std::nullopt;
  return password;
}

FromStore<std::vector<Login>> PlayerPasswords::of(int64_t account) {
  std::vector<Login> out;
  if (!each_row(database_, "SELECT id, name, created, last_used FROM player_passwords WHERE account = ? ORDER BY id", {account},
                [&](const SqlRow& row) {
                  out.push_back({row.integer(0), row.text(1), row.integer(2), row.integer(3)});
                }))
    return tl::unexpected(StoreFailure{database_.error()});
  return out;
}

bool PlayerPasswords::remove(int64_t account, int64_t id) {
  const auto there = sql_integer(database_, "SELECT COUNT(*) FROM player_passwords WHERE account = ? AND id = ?", {account, id});
  return there.value_or(0) > 0 && run_sql(database_, "DELETE FROM player_passwords WHERE account = ? AND id = ?", {account, id});
}

FromStore<bool> PlayerPasswords::any_fits(int64_t account, const std::function<bool(const std::string& password)>& fits,
                                          int64_t now_s) {
  int64_t found = 0;
  int64_t last_used_s = 0;
  if (!each_row(database_, "SELECT id, sealed, last_used FROM player_passwords WHERE account = ?", {account},
                [&](const SqlRow& row) {
                  if (found != 0) return;
                  const auto password = sealer_.open(row.text(1), account);
                  if (!password || !fits(*password)) return;
                  found = row.integer(0);
                  last_used_s = row.integer(2);
                }))
    return tl::unexpected(StoreFailure{database_.error()});
  // That it is not written harms nobody.
  if (found != 0 && now_s - last_used_s >= kMarkEveryS)
    static_cast<void>(run_sql(database_, "UPDATE player_passwords SET last_used = ? WHERE id = ?", {now_s, found}));
  return found != 0;
}

}  // namespace roundelay
