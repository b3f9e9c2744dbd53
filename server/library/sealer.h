// Keeps short secrets that must be read again: sealed by libsodium's secretbox (XSalsa20-Poly1305, a random nonce each) with a
// key that does not lie in the database. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/key_file.h"

namespace roundelay {

class Sealer {
 public:
  Sealer();  // a key of its own that nobody keeps
  explicit Sealer(const FileKey& key) : key_(key) {}

  // In hex. `owner`: what is sealed for one is nothing for another.
  [[nodiscard]] std::string seal(std::string_view secret, int64_t owner) const;
  // Nothing if it was not sealed with this key for this owner, or was changed.
  [[nodiscard]] std::optional<std::string> open(std::string_view sealed, int64_t owner) const;

 private:
  FileKey key_{};
};

}  // namespace roundelay
