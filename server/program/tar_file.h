// Tar files (POSIX pax) through libarchive: written to a descriptor and read from one, file by file, hashed on the way. Block.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include <tl/expected.hpp>

struct archive;

namespace roundelay {

class TarWriter {
 public:
  // The descriptor is the caller's.
  explicit TarWriter(int descriptor);
  ~TarWriter();
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;

  // The first `bytes` of this file under `path`, with its time of change; zeros stand for what it has no more. The SHA-256 of
  // what was written, in hex. Errors say what the system says.
  [[nodiscard]] tl::expected<std::string, std::string> add_file(const std::string& path, int file, int64_t bytes,
                                                                int64_t changed_s);
  [[nodiscard]] tl::expected<void, std::string> add_text(const std::string& path, const std::string& text, int64_t changed_s);
  // The end of the tar. Syncs nothing.
  [[nodiscard]] tl::expected<void, std::string> finish();

 private:
  struct Free {
    void operator()(archive* file) const;
  };
  [[nodiscard]] bool begin(const std::string& path, int64_t bytes, int64_t changed_s);
  [[nodiscard]] bool write(std::span<const uint8_t> bytes);
  [[nodiscard]] std::string trouble() const;

  std::unique_ptr<archive, Free> archive_;
  bool open_ = false;
};

struct TarEntry {
  std::string path;
  int64_t bytes = 0;
  bool plain = true;  // a file; not a folder, a link or a device
};

// Calls `entry` for each file of the tar; `next` gives that file's next piece, which is good until the next call, nothing at its
// end. An error of `entry` ends the reading. Errors are sentences.
using TarPiece = std::function<tl::expected<std::span<const uint8_t>, std::string>()>;
[[nodiscard]] tl::expected<void, std::string> read_tar(
    int descriptor, const std::function<tl::expected<void, std::string>(const TarEntry& entry, const TarPiece& next)>& entry);

}  // namespace roundelay
