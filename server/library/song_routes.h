// Songs with their files over HTTP: add, list, show, share, delete, hear. What is private is there for its uploader and admins.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/library/library_routes.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> song_routes();

// A song's file as it was uploaded.
[[nodiscard]] std::shared_ptr<const LibraryFile> original_file(const std::string& files_dir, const std::string& hash,
                                                               const std::string& kind, const std::string& title,
                                                               bool download = false);

// The content type of a file of this kind, as `files` has it; empty if it is of none that the library takes.
[[nodiscard]] std::string_view song_content_type(std::string_view kind);

}  // namespace roundelay
