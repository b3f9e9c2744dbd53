#include "server/base/tokens.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "server/base/key_file.h"

namespace roundelay {
namespace {

constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";  // 32: no l and o, no 0 and 1
static_assert(kAlphabet.size() == 32);
constexpr size_t kIdCharacters = 10;

constexpr uint8_t kTokenVersion = 1;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kTokenHead = 1 + 8 + 8;  // version, person, issued; then the room
constexpr size_t kMaxTokenCharacters = 512;
static_assert(std::tuple_size_v<Tokens::Key> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

std::string base64url(const uint8_t* bytes, size_t count) {
  std::string out(sodium_base64_encoded_len(count, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes, count, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();
  return out;
}

}  // namespace

Tokens Tokens::from_file(const std::string& path) {
  return Tokens(key_of_file(path, "the session tokens"));
}

std::string Tokens::seal(const Token& token) const {
  std::vector<uint8_t> plain(kTokenHead + token.room.size());
  plain[0] = kTokenVersion;
  std::memcpy(plain.data() + 1, &token.person, 8);
  std::memcpy(plain.data() + 9, &token.issued, 8);
  std::memcpy(plain.data() + kTokenHead, token.room.data(), token.room.size());
  std::vector<uint8_t> sealed(kNonceBytes + plain.size() + kTagBytes);
  randombytes_buf(sealed.data(), kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonceBytes, nullptr, plain.data(), plain.size(), nullptr, 0,
                                             nullptr, sealed.data(), key_.data());
  return base64url(sealed.data(), sealed.size());
}

std::optional<Token> Tokens::open(std::string_view text) const {
  if (text.empty() || text.size() > kMaxTokenCharacters) return std::nullopt;
  // libsodium reads every byte above them as '_'.
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; })) return std::nullopt;
  std::vector<uint8_t> sealed(text.size());
  size_t count = 0;
  if (sodium_base642bin(sealed.data(), sealed.size(), text.data(), text.size(), nullptr, &count, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return std::nullopt;
  }
  if (count < kNonceBytes + kTagBytes + kTokenHead) return std::nullopt;
  std::vector<uint8_t> plain(count - kNonceBytes - kTagBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data() + kNonceBytes, count - kNonceBytes,
                                                 nullptr, 0, sealed.data(), key_.data()) != 0) {
    return std::nullopt;
  }
  if (plain[0] != kTokenVersion) return std::nullopt;
  Token token;
  std::memcpy(&token.person, plain.data() + 1, 8);
  std::memcpy(&token.issued, plain.data() + 9, 8);
  token.room.assign(plain.begin() + kTokenHead, plain.end());
  return token;
}

std::string make_organiser_key() {
  uint8_t bytes[16];
  randombytes_buf(bytes, sizeof bytes);
  return base64url(bytes, sizeof bytes);
}

std::string key_hash(std::string_view key) {
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<uint8_t*>(hash.data()), hash.size(), reinterpret_cast<const uint8_t*>(key.data()),
                     key.size(), nullptr, 0);
  return hash;
}

bool key_fits(std::string_view key, std::string_view hash) {
  const std::string given = key_hash(key);
  return given.size() == hash.size() && sodium_memcmp(given.data(), hash.data(), hash.size()) == 0;
}

std::string make_id() {
  uint8_t bytes[kIdCharacters];
  randombytes_buf(bytes, sizeof bytes);
  std::string out;
  for (const uint8_t byte : bytes) out.push_back(kAlphabet[byte % kAlphabet.size()]);  // 256 is a multiple of 32: even
  return out;
}

bool is_id(std::string_view text) {
  return text.size() == kIdCharacters && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

uint64_t make_person() {
  uint64_t person = 0;
  while (person == 0) {
    randombytes_buf(&person, sizeof person);
    person &= (uint64_t{1} << 53) - 1;
  }
  return person;
}

}  // namespace roundelay
