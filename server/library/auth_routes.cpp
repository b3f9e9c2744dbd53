#include "server/library/auth_routes.h"

#include <array>
#include <functional>

#include "server/base/text.h"
#include "server/library/account_changes.h"
#include "server/library/accounts.h"
#include "server/library/library_identity.h"
#include "server/library/logins.h"
#include "server/library/password_tries.h"
#include "server/library/player_passwords.h"

namespace roundelay {
namespace {

using Then = std::function<LibraryAnswer(Library&, const std::string& made, bool fits)>;

LibraryAnswer with_password(std::string password, std::string hash, Then then) {
  LibraryAnswer answer;
  answer.password = std::make_shared<PasswordWork>(
      PasswordWork{.password = std::move(password), .hash = std::move(hash), .then = std::move(then)});
  return answer;
}

LibraryAnswer too_many_tries() {
  return library_too_often(phrase("library_too_many_tries"), 60);
}

LibraryAnswer logged_in(Library& library, const LibraryRequest& request, const Account& account, int status) {
  const auto secret =
      Logins(library.database).add_session(account.id, request.address, device_of(request.user_agent), request.unix_s);
  if (!secret) return library_unread();
  LibraryAnswer answer = library_answer({{"account", account_json(account.id, account.name, account.role)}}, status);
  answer.headers.emplace_back("set-cookie", session_cookie(*secret, library.settings.cookie_path, request.secure));
  return answer;
}

struct Newcomer {
  LibraryRole role = LibraryRole::kMember;
  bool invited = false;
};

// Or why she is not taken. An invitation counts where all may come, too: it may be one to be a curator.
tl::expected<Newcomer, LibraryAnswer> newcomer_of(Library& library, const LibraryRequest& request) {
  if (library.settings.registration == LibraryRegistration::kClosed)
    return tl::unexpected(library_error(403, "not_allowed", phrase("library_takes_no_accounts")));
  const bool open = library.settings.registration == LibraryRegistration::kOpen;
  if (open && request.text("invitation").empty()) return Newcomer();
  if (!library.limits.tries.allow(request.address, request.now_ns)) return tl::unexpected(too_many_tries());
  const auto role = Logins(library.database).by_invitation(request.text("invitation"), request.unix_s);
  if (!role) return tl::unexpected(library_unread());
  if (!*role && open) return Newcomer();
  if (!*role) return tl::unexpected(library_error(403, "not_allowed", phrase("library_needs_an_invitation")));
  password_was_right(library, request.address, request.now_ns);
  return Newcomer{**role, true};
}

LibraryAnswer add_newcomer(Library& library, const LibraryRequest& request, Account account, bool invited) {
  const char* refused = nullptr;
  const bool kept = library.database.transaction([&] {
    // Somebody else may have used it up while the password was looked at.
    if (invited && !Logins(library.database).use_up_invitation(request.text("invitation"))) {
      refused = "library_needs_an_invitation";
      return false;
    }
    const auto id = Accounts(library.database).add(account);
    if (id && *id == 0) refused = "library_name_is_taken";
    account.id = id.value_or(0);
    return account.id != 0;
  });
  if (kept) return logged_in(library, request, account, 201);
  return refused != nullptr ? library_error(409, "not_allowed", phrase(refused)) : library_unread();
}

LibraryAnswer register_account(Library& library, const LibraryRequest& request) {
  auto name = checked_name(request.text("username"));
  if (!name) return library_error(422, "bad_name", name.error());
  if (auto wrong = new_password_fault(request.text("password1"), request.text("password2")))
    return library_error(422, "bad_password", *wrong);
  const auto newcomer = newcomer_of(library, request);
  if (!newcomer) return newcomer.error();
  if (!newcomer->invited && !library.limits.registrations.allow(request.address, request.now_ns)) return too_many_tries();
  const auto there = Accounts(library.database).by_name(*name);
  if (!there) return library_unread();
  if (*there) return library_error(409, "not_allowed", phrase("library_name_is_taken"));
  Account account{.name = *std::move(name), .role = newcomer->role, .created_s = request.unix_s};
  return with_password(
      request.text("password1"), {},
      [request, account, invited = newcomer->invited](Library& then, const std::string& made, bool /*fits*/) mutable {
        if (made.empty()) return library_unread();
        account.password = made;
        return add_newcomer(then, request, std::move(account), invited);
      });
}

LibraryAnswer log_in(Library& library, const LibraryRequest& request) {
  const auto name = checked_name(request.text("username"));
  const auto wrong = [] { return library_error(401, "bad_password", phrase("library_login_is_wrong")); };
  std::optional<Account> account;
  if (name) {
    auto found = Accounts(library.database).by_name(*name);
    if (!found) return library_unread();
    account = *std::move(found);
  }
  if (!may_try_password(library, request, account ? account->id : 0, name.value_or(""))) return too_many_tries();
  const std::string hash = account ? account->password : kPasswordOfNobody;
  return with_password(request.text("password"), hash,
                       [request, account, wrong](Library& then, const std::string& /*made*/, bool fits) {
                         if (!fits || !account) return wrong();
                         password_was_right(then, request.address, request.now_ns);
                         return logged_in(then, request, *account, 200);
                       });
}

LibraryAnswer log_out(Library& library, const LibraryRequest& request) {
  if (request.account && request.account->session != 0)
    static_cast<void>(Logins(library.database).remove_session(request.account->id, request.account->session));
  LibraryAnswer answer = library_answer(nullptr);
  answer.headers.emplace_back("set-cookie", session_cookie({}, library.settings.cookie_path, request.secure));
  return answer;
}

LibraryAnswer show_me(Library& /*library*/, const LibraryRequest& request) {
  return library_answer({{"account", account_json(request.account->id, request.account->name, request.account->role)}});
}

// What is to be done once her own password has been shown.
LibraryAnswer with_own_password(Library& library, const LibraryRequest& request,
                                std::function<LibraryAnswer(Library&, const LibraryRequest&)> then) {
  if (!may_try_password(library, request, request.account->id, request.account->name)) return too_many_tries();
  const auto account = Accounts(library.database).by_id(request.account->id);
  if (!account || !*account) return library_unread();
  return with_password(request.text("password"), (*account)->password,
                       [request, then = std::move(then)](Library& later, const std::string& /*made*/, bool fits) {
                         if (!fits) return library_error(403, "bad_password", phrase("library_password_is_wrong"));
                         password_was_right(later, request.address, request.now_ns);
                         return then(later, request);
                       });
}

LibraryAnswer change_password(Library& library, const LibraryRequest& request) {
  if (auto wrong = new_password_fault(request.text("password1"), request.text("password2")))
    return library_error(422, "bad_password", *wrong);
  return with_own_password(library, request, [](Library& /*then*/, const LibraryRequest& asked) {
    return with_password(asked.text("password1"), {}, [asked](Library& then, const std::string& made, bool /*fits*/) {
      const bool kept = !made.empty() && then.database.transaction([&] {
        return Accounts(then.database).set_password(asked.account->id, made) &&
               Logins(then.database).remove_sessions(asked.account->id, asked.account->session);
      });
      return kept ? library_answer(nullptr) : library_unread();
    });
  });
}

LibraryAnswer forget_me(Library& library, const LibraryRequest& request) {
  return with_own_password(library, request, [](Library& then, const LibraryRequest& asked) {
    // By it her other windows are told: for a day.
    std::string cookie =
        session_cookie(cookie_value(asked.cookie, kLibraryCookie), then.settings.cookie_path, asked.secure, 86'400);
    return remove_account(then, asked.account->id, asked.unix_s, [cookie = std::move(cookie)](LibraryAnswer& answer) {
      answer.headers.emplace_back("set-cookie", cookie);
    });
  });
}

nlohmann::json logins_json(const std::vector<Login>& logins, const char* name, int64_t current) {
  nlohmann::json out = nlohmann::json::array();
  for (const Login& each : logins) {
    nlohmann::json one{{"id", each.id}, {name, each.name}, {"created", each.created_s}, {"last_used", each.last_used_s}};
    if (current >= 0) one["current"] = each.id == current;
    out.push_back(std::move(one));
  }
  return out;
}

LibraryAnswer gone(bool removed) {
  return removed ? library_answer(nullptr) : library_not_found();
}

LibraryAnswer list_sessions(Library& library, const LibraryRequest& request) {
  const auto found = Logins(library.database).sessions_of(request.account->id);
  if (!found) return library_unread();
  nlohmann::json sessions = logins_json(*found, "address", request.account->session);
  for (size_t i = 0; i < found->size(); ++i) {
    sessions[i]["browser"] = (*found)[i].device.browser;
    sessions[i]["system"] = (*found)[i].device.system;
  }
  return library_answer({{"sessions", std::move(sessions)}});
}

LibraryAnswer end_session(Library& library, const LibraryRequest& request) {
  return gone(Logins(library.database).remove_session(request.account->id, request.id()));
}

LibraryAnswer list_tokens(Library& library, const LibraryRequest& request) {
  const auto found = Logins(library.database).tokens_of(request.account->id);
  if (!found) return library_unread();
  return library_answer({{"tokens", logins_json(*found, "name", -1)}});
}

// Not with a token: one that was stolen must not bring forth others.
LibraryAnswer add_token(Library& library, const LibraryRequest& request) {
  if (request.account->session == 0)
    return library_error(403, "not_allowed", std::string("A token is made by who is logged in with a password."));
  const auto name = checked_name(request.text("name"));
  if (!name) return library_error(422, "bad_name", name.error());
  const auto secret = Logins(library.database).add_token(request.account->id, *name, request.unix_s);
  if (!secret) return library_error(409, "not_allowed", phrase("library_has_no_more_tokens"));
  return library_answer({{"token", *secret}, {"name", *name}}, 201);
}

LibraryAnswer end_token(Library& library, const LibraryRequest& request) {
  return gone(Logins(library.database).remove_token(request.account->id, request.id()));
}

LibraryAnswer list_player_passwords(Library& library, const LibraryRequest& request) {
  const auto found = PlayerPasswords(library.database, library.sealer).of(request.account->id);
  if (!found) return library_unread();
  return library_answer({{"players", logins_json(*found, "name", -1)}});
}

// Not with a token, likewise.
LibraryAnswer add_player_password(Library& library, const LibraryRequest& request) {
  if (request.account->session == 0)
    return library_error(403, "not_allowed", std::string("A player's password is made by who is logged in with a password."));
  const auto name = checked_name(request.text("name"));
  if (!name) return library_error(422, "bad_name", name.error());
  const auto password = PlayerPasswords(library.database, library.sealer).add(request.account->id, *name, request.unix_s);
  if (!password) return library_error(409, "not_allowed", phrase("library_has_no_more_players"));
  return library_answer({{"password", *password}, {"name", *name}, {"username", request.account->name}}, 201);
}

LibraryAnswer end_player_password(Library& library, const LibraryRequest& request) {
  return gone(PlayerPasswords(library.database, library.sealer).remove(request.account->id, request.id()));
}

LibraryAnswer list_invitations(Library& library, const LibraryRequest& /*request*/) {
  const auto found = Logins(library.database).invitations();
  if (!found) return library_unread();
  return library_answer({{"invitations", logins_json(*found, "role", -1)}});
}

LibraryAnswer add_invitation(Library& library, const LibraryRequest& request) {
  const std::string wanted = request.text("role");
  const auto role = wanted.empty() ? LibraryRole::kMember : library_role(wanted);
  if (!role) return library_error(422, "bad_message", std::string("role must be member, curator or admin."));
  if (*role > request.role()) return library_error(403, "not_allowed", phrase("library_is_not_yours_to_do"));
  const auto secret = Logins(library.database).add_invitation(request.account->id, *role, request.unix_s);
  if (!secret) return library_unread();
  return library_answer({{"invitation", *secret}, {"role", name_of(*role)}}, 201);
}

LibraryAnswer end_invitation(Library& library, const LibraryRequest& request) {
  return gone(Logins(library.database).remove_invitation(request.id()));
}

LibraryAnswer list_accounts(Library& library, const LibraryRequest& /*request*/) {
  const auto found = Accounts(library.database).all();
  if (!found) return library_unread();
  nlohmann::json out = nlohmann::json::array();
  for (const Account& each : *found) {
    out.push_back(account_json(each.id, each.name, each.role));
    out.back()["created"] = each.created_s;
  }
  return library_answer({{"accounts", std::move(out)}});
}

LibraryAnswer change_account(Library& library, const LibraryRequest& request) {
  const auto role = library_role(request.text("role"));
  if (!role) return library_error(422, "bad_message", std::string("role must be member, curator or admin."));
  return give_role(library, request.id(), *role);
}

LibraryAnswer remove_other(Library& library, const LibraryRequest& request) {
  return remove_account(library, request.id(), request.unix_s);
}

using enum LibraryMethod;
using enum LibraryRole;

constexpr std::array kAuthRoutes = {
    LibraryRoute{kPost, "/auth/register", kNobody, register_account},
    LibraryRoute{kPost, "/auth/login", kNobody, log_in},
    LibraryRoute{kPost, "/auth/logout", kNobody, log_out},
    LibraryRoute{kGet, "/auth/me", kMember, show_me},
    LibraryRoute{kPost, "/auth/password", kMember, change_password},
    LibraryRoute{kPost, "/auth/forget", kMember, forget_me},
    LibraryRoute{kGet, "/auth/sessions", kMember, list_sessions},
    LibraryRoute{kDelete, "/auth/sessions/*", kMember, end_session},
    LibraryRoute{kGet, "/auth/tokens", kMember, list_tokens},
    LibraryRoute{kPost, "/auth/tokens", kMember, add_token},
    LibraryRoute{kDelete, "/auth/tokens/*", kMember, end_token},
    LibraryRoute{kGet, "/auth/players", kMember, list_player_passwords},
    LibraryRoute{kPost, "/auth/players", kMember, add_player_password},
    LibraryRoute{kDelete, "/auth/players/*", kMember, end_player_password},
    LibraryRoute{kGet, "/invitations", kCurator, list_invitations},
    LibraryRoute{kPost, "/invitations", kCurator, add_invitation},
    LibraryRoute{kDelete, "/invitations/*", kCurator, end_invitation},
    LibraryRoute{kGet, "/accounts", kAdmin, list_accounts},
    LibraryRoute{kPatch, "/accounts/*", kAdmin, change_account},
    LibraryRoute{kDelete, "/accounts/*", kAdmin, remove_other},
};

}  // namespace

nlohmann::json account_json(int64_t id, const std::string& name, LibraryRole role) {
  return {{"id", id}, {"username", name}, {"role", name_of(role)}};
}

std::span<const LibraryRoute> auth_routes() {
  return kAuthRoutes;
}

}  // namespace roundelay
