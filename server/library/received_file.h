// A file that came is put among the library's: looked at, hashed, synced, and named by its content. Takes a disk's time: not on a
// loop.
#pragma once

#include <optional>
#include <string>

#include "server/library/library_request.h"

namespace roundelay {

// Moves `path` into `folder`, or removes it where that content is there already or none can be taken. Nothing: the disk refused,
// or it is gone. ReceivedFile::kind is that of its first bytes; a file of no known kind is not kept.
[[nodiscard]] std::optional<ReceivedFile> keep_received_file(const std::string& path, const std::string& folder);

}  // namespace roundelay
