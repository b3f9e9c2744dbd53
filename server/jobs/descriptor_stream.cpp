#include "server/jobs/descriptor_stream.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace roundelay {

DescriptorStream::DescriptorStream(int fd) : fd_(fd) {
  struct stat status {};
  if (fstat(fd, &status) == 0) bytes_ = status.st_size;
}

TagLib::ByteVector DescriptorStream::readBlock(unsigned long length) {
  const long rest = std::max(0L, bytes_ - at_);
  TagLib::ByteVector out(static_cast<unsigned int>(std::min<unsigned long>(length, static_cast<unsigned long>(rest))), 0);
  unsigned int read = 0;
  while (read < out.size()) {
    const ssize_t n = pread(fd_, out.data() + read, out.size() - read, at_ + static_cast<long>(read));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    read += static_cast<unsigned int>(n);
  }
  out.resize(read);
  at_ += static_cast<long>(read);
  return out;
}

void DescriptorStream::seek(long offset, Position from) {
  const long base = from == Beginning ? 0 : from == Current ? at_ : bytes_;
  at_ = base + std::clamp(offset, -base, bytes_ - base);
}

}  // namespace roundelay
