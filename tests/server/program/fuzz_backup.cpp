// The list of a backup's files, and the tar around it.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mixer/file_descriptor.h"
#include "server/program/backup_manifest.h"
#include "server/program/tar_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto manifest = BackupManifest::read(text)) {
    const auto again = BackupManifest::read(manifest->text());
    if (!again || again->files != manifest->files) std::abort();
  }
  (void)is_backup_path(text);
  const FileDescriptor file(memfd_create("backup", MFD_CLOEXEC));
  if (write(file.get(), data, size) != static_cast<ssize_t>(size)) std::abort();
  lseek(file.get(), 0, SEEK_SET);
  (void)read_tar(file.get(), [](const TarEntry&, const TarPiece& next) -> tl::expected<void, std::string> {
    int64_t bytes = 0;
    for (;;) {
      const auto piece = next();
      if (!piece) return tl::unexpected(piece.error());
      bytes += static_cast<int64_t>(piece->size());
      if (piece->empty() || bytes > (1 << 20)) return {};  // holes of a sparse file are read as zeros
    }
  });
  return 0;
}
