#include "server/program/tar_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "server/base/sha256.h"

namespace roundelay {
namespace {

constexpr size_t kPieceBytes = 1 << 16;

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

struct FreeReader {
  void operator()(archive* file) const { archive_read_free(file); }
};

std::string trouble_of(archive* file) {
  const char* said = archive_error_string(file);
  return said != nullptr ? said : "there is no memory left";
}

}  // namespace

void TarWriter::Free::operator()(archive* file) const {
  archive_write_free(file);
}

TarWriter::TarWriter(int descriptor) : archive_(archive_write_new()) {
  open_ = archive_ && archive_write_set_format_pax_restricted(archive_.get()) == ARCHIVE_OK &&
          archive_write_open_fd(archive_.get(), descriptor) == ARCHIVE_OK;
}

TarWriter::~TarWriter() = default;

std::string TarWriter::trouble() const {
  return archive_ ? trouble_of(archive_.get()) : "there is no memory left";
}

bool TarWriter::begin(const std::string& path, int64_t bytes, int64_t changed_s) {
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  if (!open_ || !entry) return false;
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_size(entry.get(), bytes);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), changed_s, 0);
  return archive_write_header(archive_.get(), entry.get()) == ARCHIVE_OK;
}

bool TarWriter::write(std::span<const uint8_t> bytes) {
  return archive_write_data(archive_.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
}

tl::expected<std::string, std::string> TarWriter::add_file(const std::string& path, int file, int64_t bytes, int64_t changed_s) {
  if (!begin(path, bytes, changed_s)) return tl::unexpected(trouble());
  Sha256 hash;
  std::array<uint8_t, kPieceBytes> piece{};
  bool ended = false;
  for (int64_t done = 0; done < bytes;) {
    auto count = static_cast<size_t>(std::min<int64_t>(bytes - done, kPieceBytes));
    if (!ended) {
      const ssize_t n = pread(file, piece.data(), count, done);
      if (n < 0) return tl::unexpected(std::string(std::strerror(errno)));
      ended = n == 0;
      if (ended) piece.fill(0);
      if (!ended) count = static_cast<size_t>(n);
    }
    const std::span<const uint8_t> read(piece.data(), count);
    hash.add(read);
    if (!write(read)) return tl::unexpected(trouble());
    done += static_cast<int64_t>(count);
  }
  if (archive_write_finish_entry(archive_.get()) != ARCHIVE_OK) return tl::unexpected(trouble());
  return hash.digest();
}

tl::expected<void, std::string> TarWriter::add_text(const std::string& path, const std::string& text, int64_t changed_s) {
  const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  if (!begin(path, static_cast<int64_t>(text.size()), changed_s) || !write(bytes) ||
      archive_write_finish_entry(archive_.get()) != ARCHIVE_OK)
    return tl::unexpected(trouble());
  return {};
}

tl::expected<void, std::string> TarWriter::finish() {
  if (!open_ || archive_write_close(archive_.get()) != ARCHIVE_OK) return tl::unexpected(trouble());
  return {};
}

tl::expected<void, std::string> read_tar(
    int descriptor, const std::function<tl::expected<void, std::string>(const TarEntry& entry, const TarPiece& next)>& entry) {
  const std::unique_ptr<archive, FreeReader> file(archive_read_new());
  if (!file || archive_read_support_format_tar(file.get()) != ARCHIVE_OK ||
      archive_read_open_fd(file.get(), descriptor, kPieceBytes) != ARCHIVE_OK)
    return tl::unexpected("It is truncated, or no backup: " + (file ? trouble_of(file.get()) : std::string("no memory")) + ".");
  const auto broken = [&] { return tl::unexpected("It is truncated or damaged: " + trouble_of(file.get()) + "."); };
  for (;;) {
    archive_entry* header = nullptr;
    const int result = archive_read_next_header(file.get(), &header);
    if (result == ARCHIVE_EOF) return {};
    if (result != ARCHIVE_OK) return broken();
    const char* path = archive_entry_pathname(header);
    const bool plain = archive_entry_filetype(header) == AE_IFREG && archive_entry_hardlink(header) == nullptr;
    const TarEntry found{
        .path = path != nullptr ? path : "", .bytes = static_cast<int64_t>(archive_entry_size(header)), .plain = plain};
    std::array<uint8_t, kPieceBytes> piece{};
    const TarPiece next = [&]() -> tl::expected<std::span<const uint8_t>, std::string> {
      const la_ssize_t n = archive_read_data(file.get(), piece.data(), piece.size());
      if (n < 0) return broken();
      return std::span<const uint8_t>(piece.data(), static_cast<size_t>(n));
    };
    if (auto taken = entry(found, next); !taken) return taken;
  }
}

}  // namespace roundelay
