// Secrets: session tokens, organisers' keys, unguessable ids. Any thread; nothing here blocks but the reading of the key at
// start-up.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace roundelay {

// What a session token says. Sealed, so that a client can neither read nor change it.
struct Token {
  uint64_t person = 0;
  std::string room;
  int64_t issued = 0;  // Unix time, seconds
};

// Seals and opens tokens with one key (XChaCha20-Poly1305, a random nonce each), as base64url without padding.
class Tokens {
 public:
  using Key = std::array<uint8_t, 32>;
  explicit Tokens(const Key& key) : key_(key) {}

  // The key in `path` (mode 0600); made, synced and put in place in one step if there is none. Throws std::runtime_error:
  // start-up only.
  [[nodiscard]] static Tokens from_file(const std::string& path);

  [[nodiscard]] std::string seal(const Token& token) const;
  // Nothing if it was not sealed with this key or was changed.
  [[nodiscard]] std::optional<Token> open(std::string_view text) const;

 private:
  Key key_;
};

// 128 random bits, base64url: the organiser's key of a room. Only its hash is stored.
[[nodiscard]] std::string make_organiser_key();
// BLAKE2b; without salt or cost, because the key is random.
[[nodiscard]] std::string key_hash(std::string_view key);
// In constant time.
[[nodiscard]] bool key_fits(std::string_view key, std::string_view hash);

// 10 characters of a lower-case alphabet in which nothing looks like something else (50 bits): rooms and tracks.
[[nodiscard]] std::string make_id();
[[nodiscard]] bool is_id(std::string_view text);

// 53 random bits, never 0: a person.
[[nodiscard]] uint64_t make_person();

}  // namespace roundelay
