// The number by which a client wants its message answered: `id` of any message that it sends (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/fields.h"

namespace roundelay {

[[nodiscard]] inline Field<int64_t> request_id(const nlohmann::json& message) {
  return integer_field(message, "id", 0, kMaxNumber);
}
inline constexpr const char* kBadRequestId = "id must be a whole number from 0 to 9007199254740992.";

inline constexpr size_t kMaxAbout = 40;  // characters of a message's type that are repeated to its sender

}  // namespace roundelay
