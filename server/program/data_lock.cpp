#include "server/program/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "mixer/timeline.h"

namespace roundelay {
namespace {

constexpr int64_t kOldChildrenNs = 5'000'000'000;  // how long the children of a killed predecessor may take to go

int open_lock(const std::string& path) {
  return open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

int open_childrens_lock(const Config& config) {
  return open_lock(config.data_dir + "/children.lock");
}

}  // namespace

DataLock::DataLock(const Config& config) : lock_(open_lock(config.data_dir + "/lock")) {
  if (lock_.get() < 0) {
    throw std::runtime_error("The data directory " + config.data_dir + " cannot be written: " + std::strerror(errno) +
                             ". It must belong to the user who runs the server; name another one with --data.");
  }
  if (flock(lock_.get(), LOCK_EX | LOCK_NB) != 0)
    throw std::runtime_error("another server uses the data directory '" + config.data_dir + "'; name another one with --data");
  const FileDescriptor children(open_childrens_lock(config));
  const int64_t deadline = monotonic_ns() + kOldChildrenNs;
  while (flock(children.get(), LOCK_EX | LOCK_NB) != 0) {
    if (monotonic_ns() > deadline)
      throw std::runtime_error("processes of an earlier server still use '" + config.data_dir + "'; end them and start again");
    usleep(20'000);
  }
}

void hold_childrens_lock(const Config& config) {
  static FileDescriptor lock(open_childrens_lock(config));
  if (lock.get() < 0 || flock(lock.get(), LOCK_SH) != 0)
    throw std::runtime_error("the data directory '" + config.data_dir + "' cannot be used any more");
}

}  // namespace roundelay
