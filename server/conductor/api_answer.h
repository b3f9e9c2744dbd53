// What the conductor answers to requests under /api/, and what those who answer need.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "server/conductor/rooms.h"
#include "server/store/store.h"

namespace roundelay {

struct ApiAnswer {
  int status;
  nlohmann::json body;
};

[[nodiscard]] ApiAnswer api_error(int status, const std::string& code, const std::string& message);
[[nodiscard]] ApiAnswer api_error(int status, const std::string& code, const Sentence& said);

// Of a room that need not be in use; otherwise the answer that says why not.
[[nodiscard]] tl::expected<StoredRoom, ApiAnswer> stored_room(Store& store, const std::string& id);

struct ApiClock {
  std::function<Moment()> now;
  std::function<int64_t()> unix_now;
};
// Carries out what happened to a room.
using ApiApply = std::function<void(OpenRoom&, const Effects&)>;

}  // namespace roundelay
