#include "codec/file_view.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace roundelay {

size_t read_at(int fd, int64_t at, std::span<uint8_t> into) {
  size_t done = 0;
  while (done < into.size()) {
    const ssize_t n = pread(fd, into.data() + done, into.size() - done, at + static_cast<int64_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<size_t>(n);
  }
  return done;
}

bool write_at(int fd, int64_t at, std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = pwrite(fd, bytes.data(), bytes.size(), at);
    if (n < 0 && errno == EINTR) continue;
    if (n == 0) errno = EIO;
    if (n <= 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(n));
    at += n;
  }
  return true;
}

bool starts_with(std::span<const uint8_t> bytes, std::string_view text, size_t at) {
  return bytes.size() >= at + text.size() && std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                                        [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

std::span<const uint8_t> FileView::bytes(int64_t at, size_t len) {
  constexpr int64_t kCallWork = 32;
  if (at < 0 || at >= size_ || work_left_ < 0) return {};
  work_left_ -= static_cast<int64_t>(len) + kCallWork;
  const auto wanted = static_cast<size_t>(std::min<int64_t>(static_cast<int64_t>(std::min(len, kCacheBytes)), size_ - at));
  const bool cached = at >= cached_at_ && at + static_cast<int64_t>(wanted) <= cached_at_ + static_cast<int64_t>(cache_.size());
  if (!cached) {
    cache_.resize(kCacheBytes);
    cached_at_ = at;
    cache_.resize(read_at(fd_, at, cache_));
  }
  const auto from = static_cast<size_t>(at - cached_at_);
  return std::span<const uint8_t>(cache_).subspan(from, std::min(wanted, cache_.size() - from));
}

bool FileView::has(int64_t at, std::string_view text) {
  return starts_with(bytes(at, text.size()), text);
}

}  // namespace roundelay
