// Owns a file descriptor and closes it. Any thread; closing is a system call, so not in the tick.
#pragma once

#include <unistd.h>

#include <utility>

namespace roundelay {

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}  // negative: none
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  void swap(FileDescriptor& other) noexcept { std::swap(fd_, other.fd_); }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace roundelay
