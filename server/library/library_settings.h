// What the library's admins may set, kept in its database.
#pragma once

#include <optional>
#include <string_view>

#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"

namespace roundelay {

[[nodiscard]] std::string_view name_of(LibraryRegistration registration);
[[nodiscard]] std::optional<LibraryRegistration> library_registration(std::string_view name);

// Reads into `settings` what was kept; the rest stays. False: the database could not be read.
[[nodiscard]] bool read_library_settings(LibraryDatabase& database, LibrarySettings& settings);

// GET and PATCH of /api/library.
[[nodiscard]] LibraryAnswer show_library(Library& library, const LibraryRequest& request);
[[nodiscard]] LibraryAnswer change_library(Library& library, const LibraryRequest& request);

}  // namespace roundelay
