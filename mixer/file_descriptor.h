// Owns a file descriptor and closes it. Any thread; closing is a system call, so not in the tick.
#pragma once

#include <unistd.h>

namespace roundelay {

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}  // negative: none
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace roundelay
