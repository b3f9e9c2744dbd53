#include "server/library/sealer.h"

#include <sodium.h>

#include <vector>

#include "server/base/text.h"

namespace roundelay {
namespace {

constexpr size_t kMostSealedCharacters = 1'024;
static_assert(std::tuple_size_v<FileKey> == crypto_secretbox_KEYBYTES);

const uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

}  // namespace

Sealer::Sealer() {
  randombytes_buf(key_.data(), key_.size());
}

std::string Sealer::seal(std::string_view secret, int64_t owner) const {
  std::string plain = std::to_string(owner);
  plain += ':';
  plain += secret;
  std::vector<uint8_t> out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size());
  randombytes_buf(out.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(out.data() + crypto_secretbox_NONCEBYTES, bytes_of(plain), plain.size(), out.data(), key_.data());
  return hex(out);
}

std::optional<std::string> Sealer::open(std::string_view sealed, int64_t owner) const {
  constexpr size_t kHead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() > kMostSealedCharacters || sealed.size() % 2 != 0 || sealed.size() / 2 < kHead) return std::nullopt;
  std::vector<uint8_t> bytes(sealed.size() / 2);
  if (!from_hex(sealed, bytes)) return std::nullopt;
  std::string plain(bytes.size() - kHead, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<uint8_t*>(plain.data()), bytes.data() + crypto_secretbox_NONCEBYTES,
                                 bytes.size() - crypto_secretbox_NONCEBYTES, bytes.data(), key_.data()) != 0)
    return std::nullopt;
  std::string head = std::to_string(owner);
  head += ':';
  if (!plain.starts_with(head)) return std::nullopt;
  return plain.substr(head.size());
}

}  // namespace roundelay
