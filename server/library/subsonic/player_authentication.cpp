#include "server/library/subsonic/player_authentication.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>

#include "server/base/text.h"
#include "server/library/account_changes.h"
#include "server/library/logins.h"
#include "server/library/password_tries.h"
#include "server/library/player_passwords.h"
#include "server/net/http_head.h"

namespace roundelay {
namespace {

constexpr size_t kMostSaltBytes = 256;

LibraryAccount asker_of_account(const Account& account) {
  return {.id = account.id, .name = account.name, .role = account.role, .session = 0};
}

tl::unexpected<SubsonicFault> wrong_password() {
  return subsonic_fault(SubsonicFault::kWrongPassword,
                        "Wrong name or password. A player needs a password of its own: make one on the library's page.");
}

tl::unexpected<SubsonicFault> too_many_tries_of_players() {
  return subsonic_fault(SubsonicFault::kGeneric, phrase("library_too_many_tries").text);
}

bool are_same(const std::string& a, const std::string& b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string player_digest(std::string_view password, std::string_view salt) {
  std::string text(password);
  text += salt;
  std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned bytes = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &bytes, EVP_md5(), nullptr) != 1) return {};
  return hex({digest.data(), bytes});
}

PlayerAuthentication::PlayerAuthentication(Library& library) : library_(library) {
  randombytes_buf(key_.data(), key_.size());
}

LibraryAnswer PlayerAuthentication::identify(const LibraryRequest& request, const SubsonicParameters& given, Then then) {
  const bool api_key = given.has("apiKey"), password = given.has("p"), digest = given.has("t") || given.has("s");
  const char* conflict = nullptr;
  if (api_key && given.has("u")) conflict = "A request with apiKey has no u: the key says whose it is.";
  if ((api_key && (password || digest)) || (password && digest))
    conflict = "Only one of apiKey, p, and t with s may prove who asks.";
  if (conflict != nullptr) return then(subsonic_fault(SubsonicFault::kConflict, conflict));
  if (api_key) return then(by_api_key(request, given));
  if (const auto name = given.required("u"); !name) return then(tl::unexpected(name.error()));
  if (password) return by_password(request, given, std::move(then));
  for (const char* needed : {"t", "s"}) {
    if (const auto there = given.required(needed); !there) return then(tl::unexpected(there.error()));
  }
  return then(by_digest(request, given));
}

FromSubsonic<LibraryAccount> PlayerAuthentication::by_api_key(const LibraryRequest& request, const SubsonicParameters& given) {
  const auto found = Logins(library_.database).by_token(given.text("apiKey"), request.unix_s);
  if (!found) return library_is_away();
  if (!*found) return subsonic_fault(SubsonicFault::kWrongApiKey, phrase("library_token_is_wrong").text);
  return **found;
}

FromStore<std::optional<Account>> PlayerAuthentication::account_named(std::string_view name) {
  const auto checked = checked_name(name);
  if (!checked) return std::nullopt;
  return Accounts(library_.database).by_name(*checked);
}

FromSubsonic<LibraryAccount> PlayerAuthentication::by_digest(const LibraryRequest& request, const SubsonicParameters& given) {
  const std::string digest = in_small_letters(given.text("t"));
  const std::string_view salt = given.text("s");
  const auto account = account_named(given.text("u"));
  if (!account) return library_is_away();
  if (*account && salt.size() <= kMostSaltBytes) {
    const auto fits = PlayerPasswords(library_.database, library_.sealer)
                          .any_fits((*account)->id,
                                    [&](const std::string& password) {
                                      const std::string wanted = player_digest(password, salt);
                                      return !wanted.empty() && are_same(wanted, digest);
                                    },
                                    request.unix_s);
    if (!fits) return library_is_away();
    if (*fits) return asker_of_account(**account);
  }
  // A password of 100 random bits is not guessed; who tries is slowed down all the same.
  if (!may_try_password(library_, request, *account ? (*account)->id : 0, std::string(given.text("u"))))
    return too_many_tries_of_players();
  return wrong_password();
}

LibraryAnswer PlayerAuthentication::by_password(const LibraryRequest& request, const SubsonicParameters& given, Then then) {
  const std::string password = player_password_of(given.text("p"));
  const auto found = account_named(given.text("u"));
  if (!found) return then(library_is_away());
  if (password.size() > kMostPasswordBytes) return then(wrong_password());
  const std::optional<Account>& account = *found;
  std::string proof;
  if (account) {
    const auto fits = PlayerPasswords(library_.database, library_.sealer)
                          .any_fits(
                              account->id, [&](const std::string& each) { return are_same(each, password); }, request.unix_s);
    if (!fits) return then(library_is_away());
    proof = proof_of(*account, password);
    if (*fits || remembers(proof, request.now_ns)) return then(asker_of_account(*account));
  }
  // A player sends many requests at once: while its password is looked at, they are one try.
  if (!is_being_checked(proof) && !may_try_password(library_, request, account ? account->id : 0, std::string(given.text("u"))))
    return then(too_many_tries_of_players());
  if (!proof.empty()) ++checking_[proof];
  LibraryAnswer out;
  out.password = std::make_shared<PasswordWork>(
      PasswordWork{.password = password,
                   .hash = account ? account->password : kPasswordOfNobody,
                   .same = proof,
                   .then = [this, account, proof, address = request.address, now_ns = request.now_ns, then = std::move(then)](
                               Library&, const std::string&, bool fits) {
                     if (const auto checking = checking_.find(proof); checking != checking_.end() && --checking->second == 0)
                       checking_.erase(checking);
                     if (!fits || !account) return then(wrong_password());
                     // Others that were looked at together with it took none.
                     if (!remembers(proof, now_ns)) password_was_right(library_, address, now_ns);
                     remember(proof, now_ns);
                     return then(asker_of_account(*account));
                   }});
  return out;
}

std::string PlayerAuthentication::proof_of(const Account& account, const std::string& password) const {
  std::string said = std::to_string(account.id) + ' ' + account.password + ' ' + password;
  std::string out(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<uint8_t*>(out.data()), out.size(), reinterpret_cast<const uint8_t*>(said.data()),
                     said.size(), key_.data(), key_.size());
  sodium_memzero(said.data(), said.size());
  return out;
}

bool PlayerAuthentication::is_being_checked(const std::string& proof) const {
  return !proof.empty() && checking_.contains(proof);
}

bool PlayerAuthentication::remembers(const std::string& proof, int64_t now_ns) {
  const auto found = remembered_.find(proof);
  return found != remembered_.end() && now_ns < found->second;
}

void PlayerAuthentication::remember(const std::string& proof, int64_t now_ns) {
  if (remembered_.size() >= kMostRemembered) std::erase_if(remembered_, [&](const auto& each) { return each.second <= now_ns; });
  if (remembered_.size() >= kMostRemembered) remembered_.clear();
  remembered_[proof] = now_ns + kRememberedNs;
}

}  // namespace roundelay
