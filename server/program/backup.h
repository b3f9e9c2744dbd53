// `roundelay backup` and `roundelay restore`: all that must survive of a data directory, as one file, and back. Block; for a
// process of their own, beside a server that runs or without one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

struct BackupCounts {
  size_t tracks = 0;
  size_t scores = 0;
  size_t recordings = 0;
  size_t songs = 0;   // of the library
  int64_t bytes = 0;  // of all files
};

struct BackupDone {
  BackupCounts counts;
  std::vector<std::string> missing;  // paths that a row names, and that are not there or hold something else
};

// Writes what is in `data_dir` into `file` (mode 0600): under another name first, synced, then in place of what was there. It
// holds the database as it was at one moment, and everything that it names; what is deleted meanwhile is asked for once more. The
// error is a sentence, and leaves what was there.
[[nodiscard]] tl::expected<BackupDone, std::string> write_backup(const std::string& data_dir, const std::string& file);

// Puts what `file` holds into `data_dir`, which is empty or not there yet; every hash is checked first. Files belong to whom the
// folder belongs. The error is a sentence, and leaves nothing.
[[nodiscard]] tl::expected<BackupCounts, std::string> restore_backup(const std::string& file, const std::string& data_dir);

}  // namespace roundelay
