// Accounts over HTTP: register, log in and out, one's own password, sessions and tokens, invitations; and what admins do with
// others' accounts.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "server/library/library_routes.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> auth_routes();

// An account as answers have it.
[[nodiscard]] nlohmann::json account_json(int64_t id, const std::string& name, LibraryRole role);

}  // namespace roundelay
