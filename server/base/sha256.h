// SHA-256 of bytes that come piece by piece. Any thread.
#pragma once

#include <sodium.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "server/base/text.h"

namespace roundelay {

class Sha256 {
 public:
  Sha256() { crypto_hash_sha256_init(&state_); }
  void add(std::span<const uint8_t> bytes) { crypto_hash_sha256_update(&state_, bytes.data(), bytes.size()); }
  // In hex. Once, at the end.
  [[nodiscard]] std::string digest() {
    std::array<uint8_t, crypto_hash_sha256_BYTES> found;
    crypto_hash_sha256_final(&state_, found.data());
    return hex(found);
  }

 private:
  crypto_hash_sha256_state state_{};
};

}  // namespace roundelay
