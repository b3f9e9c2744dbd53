#include "server/net/process_beat.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "mixer/file_descriptor.h"

namespace roundelay {

void* map_small_file(const std::string& path, size_t bytes) {
  const FileDescriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  // Reserved: a full disk is told here rather than by SIGBUS later.
  const int full = file.get() < 0 ? errno : posix_fallocate(file.get(), 0, static_cast<off_t>(bytes));
  void* mapped = full != 0 ? MAP_FAILED : mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (mapped == MAP_FAILED) {
    const std::string why = std::strerror(full != 0 ? full : errno);
    throw std::runtime_error("The file " + path + " cannot be used: " + why + ".");
  }
  return mapped;
}

ProcessBeat::ProcessBeat(const std::string& path) : row_(static_cast<Row*>(map_small_file(path, sizeof(Row)))) {}

ProcessBeat::~ProcessBeat() {
  munmap(row_, sizeof(Row));
}

}  // namespace roundelay
