// A random key in a file of its own, which nobody else may read. Start-up only.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace roundelay {

using FileKey = std::array<uint8_t, 32>;

// The key in `path` (mode 0600); made, synced and put in place in one step if there is none. `what` it is the key of, for the
// sentence: throws std::runtime_error.
[[nodiscard]] FileKey key_of_file(const std::string& path, const std::string& what);

}  // namespace roundelay
