// The schema of the library's database, as numbered steps forward (server/store/migrations.h has the rules).
#pragma once

#include <span>

namespace roundelay {

[[nodiscard]] std::span<const char* const> library_migrations();

}  // namespace roundelay
