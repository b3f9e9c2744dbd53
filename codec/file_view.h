// A file read at any place, through a small cache, for those who look through it: nothing of it is moved, and what cannot be read
// is as good as not there. Blocks: for workers, tools and tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace roundelay {

class FileView {
 public:
  // `fd` is seekable and stays the caller's; reads end at `size`.
  FileView(int fd, int64_t size) : fd_(fd), size_(size), work_left_(kWorkPerByte * size + kLeastWork) {}

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] int64_t size() const { return size_; }
  // Makes the file end earlier.
  void shorten(int64_t size) { size_ = size; }

  // Up to `len` bytes (at most kCacheBytes) from `at` on, fewer at the end, none outside; valid until the next call.
  [[nodiscard]] std::span<const uint8_t> bytes(int64_t at, size_t len);
  // More was looked at than any good file needs: from then on there are no bytes, so that every walk over them ends.
  [[nodiscard]] bool exhausted() const { return work_left_ < 0; }
  [[nodiscard]] bool has(int64_t at, std::string_view text);

  static constexpr size_t kCacheBytes = 1 << 18;

 private:
  // In bytes, those looked at again counted again.
  static constexpr int64_t kWorkPerByte = 6;
  static constexpr int64_t kLeastWork = 50'000'000;

  int fd_;
  int64_t size_;
  int64_t work_left_;
  int64_t cached_at_ = 0;
  std::vector<uint8_t> cache_;
};

// Reads until `into` is full or the file ends; the number of bytes.
[[nodiscard]] size_t read_at(int fd, int64_t at, std::span<uint8_t> into);
// Writes all of it; false: the disk refuses, and errno says why.
[[nodiscard]] bool write_at(int fd, int64_t at, std::span<const uint8_t> bytes);
[[nodiscard]] bool starts_with(std::span<const uint8_t> bytes, std::string_view text, size_t at = 0);

}  // namespace roundelay
