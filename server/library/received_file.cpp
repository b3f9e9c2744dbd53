#include "server/library/received_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <span>

#include "codec/file_kind.h"
#include "mixer/file_descriptor.h"
#include "server/base/text.h"
#include "server/base/tokens.h"

namespace roundelay {
namespace {

constexpr int kMostTags = 8;  // in front of a file's sound

using Head = std::array<uint8_t, kSniffBytes>;

std::span<const uint8_t> head_at(int fd, off_t at, Head& head) {
  const ssize_t count = pread(fd, head.data(), head.size(), at);
  return {head.data(), count > 0 ? static_cast<size_t>(count) : 0};
}

// Frames of MPEG begin with eleven ones and a layer.
bool begins_as_mpeg(std::span<const uint8_t> head) {
  return head.size() >= 2 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x06) != 0;
}

std::string kind_of_file(int fd) {
  Head bytes;
  std::span<const uint8_t> head = head_at(fd, 0, bytes);
  // Some programs put their tag before another one's.
  off_t at = 0;
  for (int tags = 0; tags < kMostTags; ++tags) {
    const int64_t tag = id3_tag_bytes(head);
    if (tag <= 0) break;
    at += tag;
    head = head_at(fd, at, bytes);
  }
  switch (file_kind(head)) {
    case FileKind::kWav:
      return "wav";
    case FileKind::kAiff:
      return "aiff";
    case FileKind::kCaf:
      return "caf";
    case FileKind::kFlac:
      return "flac";
    case FileKind::kOgg:
      return "ogg";
    case FileKind::kMpeg:
      return "mp3";
    case FileKind::kMp4:
      return "mp4";
    case FileKind::kMatroska:
      return "webm";
    case FileKind::kAsf:
      return "wma";
    case FileKind::kUnknown:
      return begins_as_mpeg(head) ? "mp3" : "";
    case FileKind::kOther:
      break;
  }
  return "";
}

// Nothing on a read error.
std::optional<std::string> hash_of_file(int fd) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<uint8_t, 1 << 16> buffer;
  for (;;) {
    const ssize_t count = read(fd, buffer.data(), buffer.size());
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    crypto_hash_sha256_update(&state, buffer.data(), static_cast<unsigned long long>(count));
  }
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256_final(&state, hash.data());
  return hex(hash);
}

// `stays`: under its old name too.
std::optional<ReceivedFile> take_file(const std::string& path, const std::string& folder, bool stays) {
  const auto remove = [&] {
    if (!stays) unlink(path.c_str());
  };
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat about = {};
  if (file.get() < 0 || fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
  ReceivedFile received{.bytes = about.st_size, .kind = kind_of_file(file.get())};
  if (received.kind.empty()) {
    remove();
    return received;
  }
  auto hash = hash_of_file(file.get());
  if (!hash) return std::nullopt;
  received.sha256 = *std::move(hash);
  const std::string kept = folder + "/" + received.sha256;
  if (access(kept.c_str(), F_OK) == 0) {
    remove();
    return received;
  }
  const auto put = [&] { return stays ? ::link(path.c_str(), kept.c_str()) : rename(path.c_str(), kept.c_str()); };
  if (fsync(file.get()) != 0 || put() != 0 || !sync_library_folder(folder)) return std::nullopt;
  return received;
}

}  // namespace

int64_t bytes_of_file(const std::string& path) {
  struct stat about = {};
  return lstat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) ? about.st_size : -1;
}

bool sync_library_folder(const std::string& path) {
  const FileDescriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.get() >= 0 && fsync(folder.get()) == 0;
}

std::string kind_of_sound(const std::string& path) {
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  return file.get() < 0 ? std::string() : kind_of_file(file.get());
}

std::optional<std::string> file_sha256(const std::string& path) {
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  return file.get() < 0 ? std::nullopt : hash_of_file(file.get());
}

std::optional<ReceivedFile> keep_received_file(const std::string& path, const std::string& folder) {
  return take_file(path, folder, false);
}

std::optional<ReceivedFile> link_file(const std::string& path, const std::string& folder) {
  return take_file(path, folder, true);
}

std::optional<ReceivedFile> keep_received_table(const std::string& path, const std::string& folder, int64_t most) {
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat about = {};
  if (file.get() < 0 || fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
  ReceivedFile received{.bytes = about.st_size};
  if (about.st_size > most) {
    unlink(path.c_str());
    return received;
  }
  received.path = folder + "/" + make_organiser_key() + ".csv";
  if (fsync(file.get()) != 0 || rename(path.c_str(), received.path.c_str()) != 0 || !sync_library_folder(folder))
    return std::nullopt;
  return received;
}

}  // namespace roundelay
