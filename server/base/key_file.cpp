#include "server/base/key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace roundelay {
namespace {

std::runtime_error key_error(const std::string& path, const std::string& what, const std::string& fault) {
  return std::runtime_error("The key of " + what + ", " + path + ", " + fault + ".");
}

void write_key(const std::string& path, const std::string& what, const FileKey& key) {
  const std::string temporary = path + ".new";
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) throw key_error(path, what, std::string("cannot be written: ") + std::strerror(errno));
  const bool written =
      fchmod(fd, 0600) == 0 && write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(fd) == 0;
  close(fd);
  if (!written || rename(temporary.c_str(), path.c_str()) != 0) {
    throw key_error(path, what, std::string("cannot be written: ") + std::strerror(errno));
  }
  const int folder = open(path.substr(0, path.find_last_of('/') + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    fsync(folder);
    close(folder);
  }
}

}  // namespace

FileKey key_of_file(const std::string& path, const std::string& what) {
  FileKey key{};
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    if (errno != ENOENT) throw key_error(path, what, std::string("cannot be read: ") + std::strerror(errno));
    randombytes_buf(key.data(), key.size());
    write_key(path, what, key);
    return key;
  }
  uint8_t bytes[std::tuple_size_v<FileKey> + 1];
  const ssize_t count = read(fd, bytes, sizeof bytes);
  close(fd);
  if (count != static_cast<ssize_t>(key.size())) throw key_error(path, what, "is not 32 bytes long");
  std::memcpy(key.data(), bytes, key.size());
  return key;
}

}  // namespace roundelay
