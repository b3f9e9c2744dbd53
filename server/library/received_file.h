// A file that came is put among the library's: looked at, hashed, synced, and named by its content. Takes a disk's time: not on a
// loop.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/library/library_request.h"

namespace roundelay {

// Of the sound in a file, by its first bytes; empty: of none that is known.
[[nodiscard]] std::string kind_of_sound(const std::string& path);

// -1: there is no regular file of that name.
[[nodiscard]] int64_t bytes_of_file(const std::string& path);
// So that names that were given in this folder outlive a machine that stops.
[[nodiscard]] bool sync_library_folder(const std::string& path);

// SHA-256 in hex; nothing: it cannot be read.
[[nodiscard]] std::optional<std::string> file_sha256(const std::string& path);

// A table is moved into `folder` under a name of its own, or removed where it has more than `most` bytes: then its path is empty.
// Nothing: the disk refused.
[[nodiscard]] std::optional<ReceivedFile> keep_received_table(const std::string& path, const std::string& folder, int64_t most);

// As keep_received_file(), of a file that stays where it is too, on the same disk.
[[nodiscard]] std::optional<ReceivedFile> link_file(const std::string& path, const std::string& folder);

// Moves `path` into `folder`, or removes it where that content is there already or none can be taken. Nothing: the disk refused,
// or it is gone. ReceivedFile::kind is that of its first bytes; a file of no known kind is not kept.
[[nodiscard]] std::optional<ReceivedFile> keep_received_file(const std::string& path, const std::string& folder);

}  // namespace roundelay
