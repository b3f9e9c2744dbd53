#include "server/program/backup.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "mixer/file_descriptor.h"
#include "server/program/backup_manifest.h"
#include "server/program/data_access.h"
#include "server/program/tar_file.h"
#include "server/store/database_copy.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;

constexpr int kMostRounds = 5;

tl::unexpected<std::string> cannot_write(const std::string& path, const std::string& why) {
  return tl::unexpected(path + " cannot be written: " + why + ".");
}

std::string last_trouble() {
  return std::strerror(errno);
}

// A file that is removed at the end unless it was put in its place.
class PartialFile {
 public:
  explicit PartialFile(const std::string& target)
      : target_(target),
        path_(target + ".partial"),
        file_(open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~PartialFile() {
    if (mine_) unlink(path_.c_str());
  }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  // Empty, and nobody else's.
  [[nodiscard]] tl::expected<void, std::string> begin() {
    if (file_.get() < 0) return cannot_write(target_, last_trouble());
    if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0) return tl::unexpected("Another backup writes " + target_ + ".");
    struct stat held {
    }, named{};
    if (fstat(file_.get(), &held) != 0 || stat(path_.c_str(), &named) != 0 || held.st_ino != named.st_ino)
      return tl::unexpected("Another backup wrote " + target_ + " just now.");  // what is open here is that one
    mine_ = true;
    if (ftruncate(file_.get(), 0) != 0 || fchmod(file_.get(), 0600) != 0) return cannot_write(path_, last_trouble());
    return {};
  }
  [[nodiscard]] tl::expected<void, std::string> put_in_place() {
    if (fsync(file_.get()) != 0 || rename(path_.c_str(), target_.c_str()) != 0) return cannot_write(target_, last_trouble());
    mine_ = false;
    const std::string folder = fs::absolute(target_).parent_path();
    const FileDescriptor synced(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (synced.get() < 0 || fsync(synced.get()) != 0) return cannot_write(target_, last_trouble());
    return {};
  }
  [[nodiscard]] int descriptor() const { return file_.get(); }

 private:
  std::string target_;
  std::string path_;
  FileDescriptor file_;
  bool mine_ = false;
};

// The database's copy while the backup is made.
struct CopyFile {
  explicit CopyFile(std::string file) : path(std::move(file)) {}
  ~CopyFile() { unlink(path.c_str()); }
  CopyFile(const CopyFile&) = delete;
  CopyFile& operator=(const CopyFile&) = delete;
  const std::string path;
};

// What a recording's folder has that is kept: neither what is being written, nor what is made anew when it is wanted.
std::vector<std::string> recording_files(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename();
    const std::string kind = entry.path().extension();
    if (kind != ".tmp" && kind != ".lock" && name != "all.zip" && name != "pack.json") out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

class BackupWork {
 public:
  BackupWork(const std::string& data_dir, int out) : data_dir_(data_dir), tar_(out) {}

  tl::expected<BackupDone, std::string> run(const std::string& copy, const std::string& library_copy) {
    std::set<std::string> missing;
    for (int round = 0;; ++round) {
      auto named = copy_database(data_dir_ + "/" + kDatabasePath, copy);
      if (!named) return tl::unexpected(named.error());
      const bool has_library = fs::exists(data_dir_ + "/" + kLibraryPath);
      if (has_library) {
        auto library = copy_database(data_dir_ + "/" + kLibraryPath, library_copy, SchemaCheck::kNone);
        if (!library) return tl::unexpected(library.error());
        named->songs = std::move(library->songs);
      }
      listed_.clear();
      missing_.clear();
      if (auto added = add_named(*named); !added) return tl::unexpected(added.error());
      const bool gone_for_good = std::includes(missing.begin(), missing.end(), missing_.begin(), missing_.end());
      missing = missing_;
      done_.counts.tracks = named->tracks.size();
      done_.counts.scores = named->scores.size();
      done_.counts.recordings = named->recordings.size();
      done_.counts.songs = named->songs.size();
      if (!gone_for_good && round + 1 < kMostRounds) continue;
      if (!has_library) break;
      if (auto added = add(kLibraryPath, library_copy, {}); !added) return tl::unexpected(added.error());
      // One that never ran since passwords for players came has none.
      const std::string key = data_dir_ + "/" + kLibraryKeyPath;
      if (!fs::exists(key)) break;
      if (auto added = add(kLibraryKeyPath, key, {}); !added) return tl::unexpected(added.error());
      break;
    }
    done_.missing.assign(missing.begin(), missing.end());
    if (auto added = add(kKeyPath, data_dir_ + "/" + kKeyPath, {}); !added) return tl::unexpected(added.error());
    if (missing_.contains(kKeyPath)) return tl::unexpected("The server's key " + data_dir_ + "/" + kKeyPath + " is not there.");
    if (auto added = add(kDatabasePath, copy, {}); !added) return tl::unexpected(added.error());
    return finish();
  }

 private:
  using Added = tl::expected<void, std::string>;

  Added add_named(const StoredFiles& named) {
    for (const auto& [folder, blobs] :
         {std::pair("tracks/", &named.tracks), std::pair("scores/", &named.scores), std::pair("library/", &named.songs)}) {
      for (const std::string& sha256 : *blobs) {
        const std::string path = folder + sha256;
        if (auto added = add(path, data_dir_ + "/" + path, sha256); !added) return added;
      }
    }
    for (const StoredFiles::Recording& recording : named.recordings) {
      const std::string folder = "recordings/" + recording.id + "/";
      bool has_tracks = false;
      const std::string below = data_dir_ + "/" + folder;
      for (const std::string& name : recording_files(below)) {
        has_tracks = has_tracks || name == "tracks.json";
        if (auto added = add(folder + name, below + name, {}); !added) return added;
      }
      if (recording.ready && !has_tracks) missing_.insert(folder + "tracks.json");
    }
    return {};
  }

  // `sha256`: what it must have, if that is known.
  Added add(const std::string& path, const std::string& from, const std::string& sha256) {
    if (!is_backup_path(path)) {
      missing_.insert(path);
      return {};
    }
    if (const auto known = written_.find(path); known != written_.end()) {
      listed_[path] = known->second;
      return {};
    }
    const FileDescriptor file(open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat info {};
    if (file.get() < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
      return tl::unexpected(from + " cannot be read: " + last_trouble() + ".");
    if (file.get() < 0 || fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
      missing_.insert(path);
      return {};
    }
    const auto hash = tar_.add_file(path, file.get(), info.st_size, info.st_mtime);
    if (!hash) return tl::unexpected("The backup of " + from + " cannot be written: " + hash.error() + ".");
    written_[path] = {info.st_size, *hash};
    listed_[path] = written_[path];
    if (!sha256.empty() && *hash != sha256) spoilt_.insert(path);
    return {};
  }

  tl::expected<BackupDone, std::string> finish() {
    BackupManifest manifest{.made = std::time(nullptr), .files = listed_};
    for (const auto& [path, file] : listed_) {
      done_.counts.bytes += file.bytes;
      if (spoilt_.contains(path)) done_.missing.push_back(path);
    }
    auto ended = tar_.add_text(kManifestPath, manifest.text(), manifest.made);
    if (ended) ended = tar_.finish();
    if (!ended) return tl::unexpected("The backup cannot be written: " + ended.error() + ".");
    return done_;
  }

  const std::string& data_dir_;
  TarWriter tar_;
  std::map<std::string, BackupManifest::File> written_;  // all that is in the tar
  std::map<std::string, BackupManifest::File> listed_;   // what the newest copy of the database names
  std::set<std::string> missing_;                        // what it names and is not there
  std::set<std::string> spoilt_;                         // what is not what its name says
  BackupDone done_;
};

}  // namespace

tl::expected<BackupDone, std::string> write_backup(const std::string& data_dir, const std::string& file) {
  if (const auto may = check_data_access(data_dir); !may) return tl::unexpected(may.error());
  if (!fs::exists(data_dir + "/" + kDatabasePath))
    return tl::unexpected("There is no database in " + data_dir + ": name the server's data directory with --data.");
  // Such as /dev/null: a file would take its place.
  struct stat there {};
  if (stat(file.c_str(), &there) == 0 && !S_ISREG(there.st_mode))
    return tl::unexpected(file + (S_ISDIR(there.st_mode) ? " is a folder: name a file in it."
                                                         : " is no file that a backup could replace: name another."));
  PartialFile partial(file);
  if (auto begun = partial.begin(); !begun) return tl::unexpected(begun.error());
  const CopyFile copy(file + ".partial.sqlite");
  const CopyFile library(file + ".partial.library");
  auto done = BackupWork(data_dir, partial.descriptor()).run(copy.path, library.path);
  if (!done) return done;
  if (auto placed = partial.put_in_place(); !placed) return tl::unexpected(placed.error());
  return done;
}

}  // namespace roundelay
