#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "mixer/file_descriptor.h"
#include "server/base/sha256.h"
#include "server/program/backup.h"
#include "server/program/backup_manifest.h"
#include "server/program/tar_file.h"
#include "server/store/database_copy.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;
using Taken = tl::expected<void, std::string>;

constexpr size_t kMostManifestBytes = 256 << 20;

std::string system_said() {
  return std::strerror(errno);
}

// The folder beside whose files it is filled: a folder in the data directory, removed at the end with what is left in it.
class Staging {
 public:
  explicit Staging(std::string data_dir) : data_dir_(std::move(data_dir)) {}
  ~Staging() {
    std::error_code none;
    if (!path_.empty()) fs::remove_all(path_, none);
    for (const std::string& each : moved_) fs::remove_all(data_dir_ + "/" + each, none);
    if (made_data_dir_ && !done_) fs::remove(data_dir_, none);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  Taken begin() {
    std::error_code failure;
    if (!fs::exists(data_dir_, failure)) {
      made_data_dir_ = fs::create_directory(data_dir_, failure);
      if (!made_data_dir_) return unusable(failure.message());
      fs::permissions(data_dir_, fs::perms::owner_all, failure);
    }
    if (stat(data_dir_.c_str(), &owner_) != 0) return unusable(system_said());
    if (!S_ISDIR(owner_.st_mode)) return tl::unexpected(data_dir_ + " is no folder.");
    fs::directory_iterator there(data_dir_, failure);
    if (failure) return unusable(failure.message());
    if (there != fs::directory_iterator())
      return tl::unexpected(data_dir_ +
                            " is not empty: a backup is restored into an empty folder alone. Move away what is there.");
    std::string pattern = data_dir_ + "/.restore-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) return unusable(system_said());
    path_ = pattern;
    return {};
  }

  // Writes a file of the backup; the folders that lead to it are made.
  tl::expected<BackupManifest::File, std::string> write(const std::string& path, const TarPiece& next) {
    if (Taken made = make_folders(path); !made) return tl::unexpected(made.error());
    const FileDescriptor file(open((path_ + "/" + path).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0) return unusable(system_said());
    Sha256 hash;
    int64_t bytes = 0;
    for (;;) {
      const auto piece = next();
      if (!piece) return tl::unexpected(piece.error());
      if (piece->empty()) break;
      hash.add(*piece);
      for (size_t at = 0; at < piece->size();) {
        const ssize_t n = ::write(file.get(), piece->data() + at, piece->size() - at);
        if (n <= 0) return unusable(system_said());
        at += static_cast<size_t>(n);
      }
      bytes += static_cast<int64_t>(piece->size());
    }
    if (!give_to_owner(file.get()) || fsync(file.get()) != 0) return unusable(system_said());
    return BackupManifest::File{bytes, hash.digest()};
  }
  void drop(const std::string& path) {
    std::error_code none;
    fs::remove(path_ + "/" + path, none);
  }
  [[nodiscard]] std::string file(const std::string& path) const { return path_ + "/" + path; }

  // From here into the data directory, the database last: a server finds all or none.
  Taken put_in_place() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path_)) names.push_back(entry.path().filename());
    std::erase(names, kDatabasePath);
    for (const auto& entry : fs::recursive_directory_iterator(path_)) {
      if (entry.is_directory() && !sync(entry.path())) return unusable(system_said());
    }
    names.emplace_back(kDatabasePath);
    for (const std::string& name : names) {
      // Not over what somebody has put there meanwhile.
      const std::string to = data_dir_ + "/" + name;
      if (renameat2(AT_FDCWD, file(name).c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) return unusable(system_said());
      moved_.push_back(name);
    }
    if (!sync(data_dir_)) return unusable(system_said());
    moved_.clear();
    done_ = true;
    return {};
  }

 private:
  [[nodiscard]] tl::unexpected<std::string> unusable(const std::string& why) const {
    return tl::unexpected("The folder " + data_dir_ + " cannot be filled: " + why + ".");
  }
  [[nodiscard]] bool give_to_owner(int file) const { return geteuid() != 0 || fchown(file, owner_.st_uid, owner_.st_gid) == 0; }
  [[nodiscard]] static bool sync(const std::string& folder) {
    const FileDescriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.get() >= 0 && fsync(opened.get()) == 0;
  }
  Taken make_folders(const std::string& path) {
    for (size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
      const std::string folder = path_ + "/" + path.substr(0, slash);
      if (mkdir(folder.c_str(), 0700) != 0) {
        if (errno == EEXIST) continue;
        return unusable(system_said());
      }
      const FileDescriptor made(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
      if (made.get() < 0 || !give_to_owner(made.get())) return unusable(system_said());
    }
    return {};
  }

  std::string data_dir_;
  std::string path_;
  struct stat owner_ {};
  bool made_data_dir_ = false;
  bool done_ = false;
  std::vector<std::string> moved_;
};

tl::expected<std::string, std::string> whole_text(const TarPiece& next) {
  std::string out;
  for (;;) {
    const auto piece = next();
    if (!piece) return tl::unexpected(piece.error());
    if (piece->empty()) return out;
    if (out.size() + piece->size() > kMostManifestBytes) return tl::unexpected(std::string("Its list of files is too long."));
    out.append(reinterpret_cast<const char*>(piece->data()), piece->size());
  }
}

// Checks what was unpacked against the list; what the list does not name is dropped.
Taken hold_against(const BackupManifest& manifest, const std::map<std::string, BackupManifest::File>& found, Staging& staging) {
  for (const auto& [path, file] : manifest.files) {
    const auto there = found.find(path);
    if (there == found.end()) return tl::unexpected("It is damaged: " + path + " is missing.");
    if (there->second != file) return tl::unexpected("It is damaged: " + path + " is not what it was.");
  }
  for (const auto& [path, file] : found) {
    if (!manifest.files.contains(path)) staging.drop(path);
  }
  if (manifest.files.contains(kLibraryPath)) {
    if (Taken whole = check_database(staging.file(kLibraryPath), "Its library", SchemaCheck::kNone); !whole) return whole;
  }
  return check_database(staging.file(kDatabasePath), "Its database");
}

BackupCounts counts_of(const BackupManifest& manifest) {
  BackupCounts out;
  std::set<std::string> recordings;
  for (const auto& [path, file] : manifest.files) {
    out.bytes += file.bytes;
    if (path.starts_with("tracks/")) ++out.tracks;
    if (path.starts_with("scores/")) ++out.scores;
    if (path.starts_with("library/")) ++out.songs;
    if (path.starts_with("recordings/")) recordings.insert(path.substr(0, path.rfind('/')));
  }
  out.recordings = recordings.size();
  return out;
}

}  // namespace

tl::expected<BackupCounts, std::string> restore_backup(const std::string& file, const std::string& data_dir) {
  const FileDescriptor backup(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (backup.get() < 0) return tl::unexpected("The backup " + file + " cannot be read: " + system_said() + ".");
  struct stat info {};
  if (fstat(backup.get(), &info) == 0 && S_ISDIR(info.st_mode))
    return tl::unexpected(file + " is a folder: name the file that `roundelay backup` wrote.");
  Staging staging(data_dir);
  if (Taken begun = staging.begin(); !begun) return tl::unexpected(begun.error());
  std::map<std::string, BackupManifest::File> found;
  tl::expected<BackupManifest, std::string> manifest =
      tl::unexpected(std::string("It is truncated, or no backup: the list of its files is missing."));
  Taken read = read_tar(backup.get(), [&](const TarEntry& entry, const TarPiece& next) -> Taken {
    if (entry.path == kManifestPath) {
      const auto text = whole_text(next);
      if (!text) return tl::unexpected(text.error());
      manifest = BackupManifest::read(*text);
      return manifest ? Taken() : tl::unexpected(manifest.error());
    }
    if (!entry.plain || !is_backup_path(entry.path) || found.contains(entry.path))
      return tl::unexpected("It holds '" + entry.path + "', which no backup does.");
    auto written = staging.write(entry.path, next);
    if (!written) return tl::unexpected(written.error());
    found.emplace(entry.path, *std::move(written));
    return {};
  });
  if (read && !manifest) read = tl::unexpected(manifest.error());
  if (read) read = hold_against(*manifest, found, staging);
  if (!read) return tl::unexpected("The backup " + file + " cannot be restored. " + read.error());
  if (Taken placed = staging.put_in_place(); !placed) return tl::unexpected(placed.error());
  return counts_of(*manifest);
}

}  // namespace roundelay
