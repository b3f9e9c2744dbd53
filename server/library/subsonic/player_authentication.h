// Who asks with a music player: by a token of the library (apiKey), by name and password, or by name and the digest of a player's
// password with a salt. No cookies. What was found right is remembered for a while, as a keyed hash, so that the hundred requests
// of a player cost one look at its password. The librarian's loop only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/library/accounts.h"
#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"
#include "server/library/subsonic/subsonic_fault.h"
#include "server/library/subsonic/subsonic_parameters.h"

namespace roundelay {

class PlayerAuthentication {
 public:
  static constexpr int64_t kRememberedNs = 15 * 60'000'000'000;
  static constexpr size_t kMostRemembered = 1'000;

  explicit PlayerAuthentication(Library& library);

  // What becomes of it once it is known who asks, or why that is not known.
  using Then = std::function<LibraryAnswer(FromSubsonic<LibraryAccount>)>;
  // What `then` returns, now or, where a password has first to be looked at, by way of the answer's work on it.
  [[nodiscard]] LibraryAnswer identify(const LibraryRequest& request, const SubsonicParameters& given, Then then);

 private:
  [[nodiscard]] FromSubsonic<LibraryAccount> by_api_key(const LibraryRequest& request, const SubsonicParameters& given);
  [[nodiscard]] FromSubsonic<LibraryAccount> by_digest(const LibraryRequest& request, const SubsonicParameters& given);
  [[nodiscard]] LibraryAnswer by_password(const LibraryRequest& request, const SubsonicParameters& given, Then then);
  // Nothing: there is no account of this name.
  [[nodiscard]] FromStore<std::optional<Account>> account_named(std::string_view name);
  // Of this password for this account while its own password is what it is now.
  [[nodiscard]] std::string proof_of(const Account& account, const std::string& password) const;
  [[nodiscard]] bool is_being_checked(const std::string& proof) const;
  [[nodiscard]] bool remembers(const std::string& proof, int64_t now_ns);
  void remember(const std::string& proof, int64_t now_ns);

  Library& library_;
  std::array<uint8_t, 32> key_{};                        // of this process
  std::unordered_map<std::string, int64_t> remembered_;  // proofs, and until when
  std::unordered_map<std::string, int> checking_;        // how many requests wait for the same check
};

// MD5 of the password and behind it the salt, in small hex letters: what players send as "t". Empty where there is no MD5.
[[nodiscard]] std::string player_digest(std::string_view password, std::string_view salt);

}  // namespace roundelay
