#include "server/library/logins.h"

#include <sodium.h>
#include <sqlite3.h>

#include <array>

#include "server/base/tokens.h"

namespace roundelay {
namespace {

constexpr int64_t kTouchEveryS = 3'600;
constexpr size_t kMostSecretCharacters = 64;

std::string make_secret() {
  std::array<uint8_t, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text;
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

}  // namespace

std::optional<std::string> Logins::add(std::string_view sql, int64_t account, const std::string& text, int64_t now_s) {
  std::string secret = make_secret();
  Query query(database_.statement(sql), account, text, now_s);
  query.bind_blob(4, key_hash(secret));
  if (query.step() != SQLITE_DONE) return std::nullopt;
  return secret;
}

std::optional<std::string> Logins::add_session(int64_t account, const std::string& address, const Device& device, int64_t now_s) {
  Query spare(database_.statement("DELETE FROM sessions WHERE account = ?1 AND id NOT IN "
                                  "(SELECT id FROM sessions WHERE account = ?1 ORDER BY last_used DESC, id DESC LIMIT ?2)"),
              account, kMostTokens - 1);
  if (spare.step() != SQLITE_DONE) return std::nullopt;
  std::string secret = make_secret();
  Query query(database_.statement("INSERT INTO sessions(account, address, created, last_used, hash, browser, system) "
                                  "VALUES(?1, ?2, ?3, ?3, ?4, ?5, ?6)"),
              account, address, now_s);
  query.bind_blob(4, key_hash(secret));
  query.bind_text(5, device.browser);
  query.bind_text(6, device.system);
  if (query.step() != SQLITE_DONE) return std::nullopt;
  return secret;
}

std::optional<std::string> Logins::add_token(int64_t account, const std::string& name, int64_t now_s) {
  const auto there = tokens_of(account);
  if (!there || static_cast<int64_t>(there->size()) >= kMostTokens) return std::nullopt;
  return add("INSERT INTO api_tokens(account, name, created, last_used, hash) VALUES(?1, ?2, ?3, ?3, ?4)", account, name, now_s);
}

std::optional<std::string> Logins::add_invitation(int64_t maker, LibraryRole role, int64_t now_s) {
  return add("INSERT INTO invitations(maker, role, created, hash) VALUES(?1, ?2, ?3, ?4)", maker, std::string(name_of(role)),
             now_s);
}

FromStore<std::optional<LibraryAccount>> Logins::find(std::string_view sql, std::string_view touch, bool session,
                                                      std::string_view secret, int64_t now_s, int64_t keep_s) {
  if (secret.empty() || secret.size() > kMostSecretCharacters) return std::nullopt;
  LibraryAccount account;
  int64_t id = 0;
  {
    Query query(database_.statement(sql));
    query.bind_blob(1, key_hash(secret));
    const int result = query.step();
    if (result == SQLITE_DONE) return std::nullopt;
    if (result != SQLITE_ROW) return tl::unexpected(StoreFailure{database_.error()});
    id = query.integer(0);
    const int64_t last_used_s = query.integer(1);
    if (keep_s > 0 && now_s - last_used_s > keep_s) return std::nullopt;
    account = {.id = query.integer(2),
               .name = query.text(3),
               .role = library_role(query.text(4)).value_or(LibraryRole::kMember),
               .session = session ? id : 0};
    if (now_s - last_used_s < kTouchEveryS) return account;
  }
  // That it is not written harms nobody.
  static_cast<void>(Query(database_.statement(touch), id, now_s).step());
  return account;
}

FromStore<std::optional<LibraryAccount>> Logins::by_session(std::string_view secret, int64_t now_s) {
  return find(
      "SELECT s.id, s.last_used, a.id, a.name, a.role FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.hash = ?1",
      "UPDATE sessions SET last_used = ?2 WHERE id = ?1", true, secret, now_s, kKeepSessionS);
}

bool Logins::keep_as_gone(int64_t account, int64_t now_s) {
  Query old(database_.statement("DELETE FROM gone_sessions WHERE since < ?1"), now_s - kKeepGoneS);
  if (old.step() != SQLITE_DONE) return false;
  Query query(
      database_.statement("INSERT OR IGNORE INTO gone_sessions (hash, since) SELECT hash, ?2 FROM sessions WHERE account = ?1"),
      account, now_s);
  return query.step() == SQLITE_DONE;
}

bool Logins::is_of_gone_account(std::string_view secret, int64_t now_s) {
  if (secret.empty() || secret.size() > kMostSecretCharacters) return false;
  Query query(database_.statement("SELECT 1 FROM gone_sessions WHERE hash = ?1 AND since >= ?2"));
  query.bind_blob(1, key_hash(secret));
  query.bind_integer(2, now_s - kKeepGoneS);
  return query.step() == SQLITE_ROW;
}

FromStore<std::optional<LibraryAccount>> Logins::by_token(std::string_view secret, int64_t now_s) {
  return find(
      "SELECT t.id, t.last_used, a.id, a.name, a.role FROM api_tokens t JOIN accounts a ON a.id = t.account WHERE t.hash = ?1",
      "UPDATE api_tokens SET last_used = ?2 WHERE id = ?1", false, secret, now_s, 0);
}

FromStore<std::optional<LibraryRole>> Logins::by_invitation(std::string_view secret, int64_t now_s) {
  if (secret.empty() || secret.size() > kMostSecretCharacters) return std::nullopt;
  Query query(database_.statement("SELECT role, created FROM invitations WHERE hash = ?1"));
  query.bind_blob(1, key_hash(secret));
  const int result = query.step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return tl::unexpected(StoreFailure{database_.error()});
  if (now_s - query.integer(1) > kKeepInvitationS) return std::nullopt;
  return library_role(query.text(0));
}

FromStore<std::vector<Login>> Logins::list(Query& query) {
  std::vector<Login> out;
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW)
    out.push_back({query.integer(0), query.text(1), query.integer(2), query.integer(3)});
  if (result != SQLITE_DONE) return tl::unexpected(StoreFailure{database_.error()});
  return out;
}

FromStore<std::vector<Login>> Logins::sessions_of(int64_t account) {
  Query query(database_.statement("SELECT id, address, created, last_used, browser, system FROM sessions WHERE account = ?1 "
                                  "ORDER BY last_used DESC, id"),
              account);
  std::vector<Login> out;
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW)
    out.push_back({query.integer(0),
                   query.text(1),
                   query.integer(2),
                   query.integer(3),
                   {.browser = query.text(4), .system = query.text(5)}});
  if (result != SQLITE_DONE) return tl::unexpected(StoreFailure{database_.error()});
  return out;
}

FromStore<std::vector<Login>> Logins::tokens_of(int64_t account) {
  Query query(database_.statement("SELECT id, name, created, last_used FROM api_tokens WHERE account = ?1 ORDER BY id"), account);
  return list(query);
}

FromStore<std::vector<Login>> Logins::invitations() {
  Query query(database_.statement("SELECT id, role, created, created FROM invitations ORDER BY id"));
  return list(query);
}

bool Logins::changed(Query& query) {
  if (query.step() != SQLITE_DONE) return false;
  Query count(database_.statement("SELECT changes()"));
  return count.step() == SQLITE_ROW && count.integer(0) > 0;
}

bool Logins::remove_session(int64_t account, int64_t id) {
  Query query(database_.statement("DELETE FROM sessions WHERE account = ?1 AND id = ?2"), account, id);
  return changed(query);
}

bool Logins::remove_token(int64_t account, int64_t id) {
  Query query(database_.statement("DELETE FROM api_tokens WHERE account = ?1 AND id = ?2"), account, id);
  return changed(query);
}

bool Logins::remove_invitation(int64_t id) {
  Query query(database_.statement("DELETE FROM invitations WHERE id = ?1"), id);
  return changed(query);
}

bool Logins::use_up_invitation(std::string_view secret) {
  Query query(database_.statement("DELETE FROM invitations WHERE hash = ?1"));
  query.bind_blob(1, key_hash(secret));
  return changed(query);
}

bool Logins::remove_sessions(int64_t account, int64_t but) {
  return Query(database_.statement("DELETE FROM sessions WHERE account = ?1 AND id <> ?2"), account, but).step() == SQLITE_DONE;
}

void Logins::forget_old(int64_t now_s) {
  static_cast<void>(Query(database_.statement("DELETE FROM sessions WHERE last_used < ?1"), now_s - kKeepSessionS).step());
  static_cast<void>(Query(database_.statement("DELETE FROM invitations WHERE created < ?1"), now_s - kKeepInvitationS).step());
}

}  // namespace roundelay
