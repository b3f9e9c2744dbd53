// Accounts over HTTP: register, log in and out, one's own password, sessions and tokens, invitations; and what admins do with
// others' accounts.
#pragma once

#include <span>

#include "server/library/library_routes.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> auth_routes();

}  // namespace roundelay
