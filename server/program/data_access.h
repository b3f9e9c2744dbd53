// A server's data directory, as a command of the operator's finds it: whether it may be used, and whose is what is made there.
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace roundelay {

// The error is a sentence: there is no such folder, or this user may not change it.
[[nodiscard]] tl::expected<void, std::string> check_data_access(const std::string& data_dir);

// What root makes there is to be the server's: gives `path`, and all that is below, to the owner of `data_dir`. Throws
// std::runtime_error with a sentence.
void give_to_owner_of(const std::string& data_dir, const std::string& path);

// The song library's database, for root to open: made empty where there is none, of the owner of `data_dir`. Throws likewise.
void make_library_file(const std::string& data_dir, const std::string& path);

}  // namespace roundelay
