// Songs with their files over HTTP: add, list, show, share, delete, hear. What is private is there for its uploader and admins.
#pragma once

#include <span>
#include <string_view>

#include "server/library/library_routes.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> song_routes();

// The content type of a file of this kind, as `files` has it; empty if it is of none that the library takes.
[[nodiscard]] std::string_view song_content_type(std::string_view kind);

}  // namespace roundelay
