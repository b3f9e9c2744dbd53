#include "server/program/data_access.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "mixer/file_descriptor.h"

namespace roundelay {

tl::expected<void, std::string> check_data_access(const std::string& data_dir) {
  struct stat info {};
  const bool found = stat(data_dir.c_str(), &info) == 0;
  if (!found && (errno == ENOENT || errno == ENOTDIR))
    return tl::unexpected("There is no data directory '" + data_dir + "': name the server's with --data.");
  if (found && !S_ISDIR(info.st_mode))
    return tl::unexpected("'" + data_dir + "' is no folder: name the server's data directory with --data.");
  // As the effective user.
  if (found && faccessat(AT_FDCWD, data_dir.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) == 0) return {};
  if (errno == EACCES || errno == EPERM)
    return tl::unexpected("The data directory " + data_dir + " is for the server's user and root alone.");
  return tl::unexpected("The data directory " + data_dir + " cannot be used: " + std::strerror(errno) + ".");
}

void give_to_owner_of(const std::string& data_dir, const std::string& path) {
  struct stat owner = {};
  if (geteuid() != 0 || stat(data_dir.c_str(), &owner) != 0) return;
  const auto give = [&](const std::string& one) { return lchown(one.c_str(), owner.st_uid, owner.st_gid) == 0; };
  bool given = give(path);
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    for (const auto& each : std::filesystem::recursive_directory_iterator(path, error))
      given = give(each.path().string()) && given;
  }
  if (!given) throw std::runtime_error(path + " cannot be given to the server's user.");
}

void make_library_file(const std::string& data_dir, const std::string& path) {
  const FileDescriptor made(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (made.get() >= 0) give_to_owner_of(data_dir, path);
}

}  // namespace roundelay
