// What a backup holds: a list of its files with their hashes, which is the last file in it. Pure.
//
// A backup is a tar file: the databases, the server's and the library's key, blobs, recordings' folders, then `manifest.json`.
// What is in the tar and not in the list does not count: it was superseded while the backup was made.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace roundelay {

inline constexpr const char* kManifestPath = "manifest.json";
inline constexpr const char* kDatabasePath = "roundelay.sqlite";
inline constexpr const char* kLibraryPath = "library.sqlite";
inline constexpr const char* kLibraryKeyPath = "library.key";
inline constexpr const char* kKeyPath = "secret.key";

struct BackupManifest {
  struct File {
    int64_t bytes = 0;
    std::string sha256;  // hex
    bool operator==(const File&) const = default;
  };
  int64_t made = 0;                   // Unix time, seconds
  std::map<std::string, File> files;  // by path, below the data directory

  [[nodiscard]] std::string text() const;
  // The error is a sentence.
  [[nodiscard]] static tl::expected<BackupManifest, std::string> read(std::string_view text);
};

// Whether this is the path of a file that backups hold: the database, the key, a blob, a recording's file. None leaves the data
// directory.
[[nodiscard]] bool is_backup_path(std::string_view path);

}  // namespace roundelay
