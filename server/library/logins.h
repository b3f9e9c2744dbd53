// What proves who somebody is: sessions of browsers, tokens of programs, invitations. Each is a random secret of 256 bits of
// which only the hash is stored. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/library/device.h"
#include "server/library/library_database.h"
#include "server/library/library_request.h"

namespace roundelay {

// A session, a token or an invitation, as those who own it see it.
struct Login {
  int64_t id = 0;
  std::string name;  // a session: from which address; a token: what it is called; an invitation: the role that it gives
  int64_t created_s = 0;
  int64_t last_used_s = 0;  // to the hour
  Device device = {};       // of a session
};

class Logins {
 public:
  static constexpr int64_t kKeepSessionS = 90 * 86'400;  // without use
  static constexpr int64_t kKeepInvitationS = 14 * 86'400;
  static constexpr int64_t kKeepGoneS = 30 * 86'400;
  static constexpr int64_t kMostTokens = 50;  // of an account; likewise sessions, of which the one least used goes

  explicit Logins(LibraryDatabase& database) : database_(database) {}

  // The secret; nothing: the database does not take it.
  [[nodiscard]] std::optional<std::string> add_session(int64_t account, const std::string& address, const Device& device,
                                                       int64_t now_s);
  // Nothing too when the account has as many as it may.
  [[nodiscard]] std::optional<std::string> add_token(int64_t account, const std::string& name, int64_t now_s);
  [[nodiscard]] std::optional<std::string> add_invitation(int64_t maker, LibraryRole role, int64_t now_s);

  // Nothing: there is none of this secret (any more).
  [[nodiscard]] FromStore<std::optional<LibraryAccount>> by_session(std::string_view secret, int64_t now_s);
  [[nodiscard]] FromStore<std::optional<LibraryAccount>> by_token(std::string_view secret, int64_t now_s);
  // The role that it gives.
  [[nodiscard]] FromStore<std::optional<LibraryRole>> by_invitation(std::string_view secret, int64_t now_s);

  [[nodiscard]] FromStore<std::vector<Login>> sessions_of(int64_t account);
  [[nodiscard]] FromStore<std::vector<Login>> tokens_of(int64_t account);
  [[nodiscard]] FromStore<std::vector<Login>> invitations();
  // In the transaction that deletes an account: its sessions are known as its for a while. False: the database does not take it.
  [[nodiscard]] bool keep_as_gone(int64_t account, int64_t now_s);
  // Whether it was a session of an account that has been deleted.
  [[nodiscard]] bool is_of_gone_account(std::string_view secret, int64_t now_s);
  // False if there was none, or the database does not take it.
  [[nodiscard]] bool remove_session(int64_t account, int64_t id);
  [[nodiscard]] bool remove_token(int64_t account, int64_t id);
  [[nodiscard]] bool remove_invitation(int64_t id);
  [[nodiscard]] bool use_up_invitation(std::string_view secret);
  // All but this one (0: all).
  [[nodiscard]] bool remove_sessions(int64_t account, int64_t but);
  // Those that nobody used for long.
  void forget_old(int64_t now_s);

 private:
  [[nodiscard]] std::optional<std::string> add(std::string_view sql, int64_t account, const std::string& text, int64_t now_s);
  [[nodiscard]] FromStore<std::optional<LibraryAccount>> find(std::string_view sql, std::string_view touch, bool session,
                                                              std::string_view secret, int64_t now_s, int64_t keep_s);
  [[nodiscard]] FromStore<std::vector<Login>> list(Query& query);
  [[nodiscard]] bool changed(Query& query);

  LibraryDatabase& database_;
};

}  // namespace roundelay
