// Covers of songs and albums over HTTP: shown, given, taken away. Where there is none a drawn one is shown.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "server/library/library_routes.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> cover_routes();

// Before a picture comes: why it need not come at all; nothing if it may.
[[nodiscard]] std::optional<LibraryAnswer> refuse_picture(Library& library, const LibraryRequest& request);

// `hash`: empty where there is none. Then it is drawn, with letters of `name`, `drawn_px` wide. `side`: one of kCoverSides.
// `immutable`: as LibraryFile has it.
[[nodiscard]] LibraryAnswer cover_file(Library& library, const std::string& hash, int side, const std::string& name,
                                       int64_t drawn_px, bool immutable = false);

}  // namespace roundelay
