#include "server/jobs/asf_lists.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <vector>

namespace roundelay {
namespace {

using namespace std::string_view_literals;

// Globally unique ids as they lie in a file ("Advanced Systems Format Specification" of Microsoft, 10).
constexpr std::string_view kHeader = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"sv;
// An object with a list of attributes: its id, its size in 8 bytes, how many there are in 2.
constexpr std::array kObjectsWithLists = {
    "\x40\xa4\xd0\xd2\x07\xe3\xd2\x11\x97\xf0\x00\xa0\xc9\x5e\xa8\x50"sv,  // extended content description
    "\xea\xcb\xf8\xc5\xaf\x5b\x77\x48\x84\x67\xaa\x8c\x44\xfa\x4c\xca"sv,  // metadata
    "\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54"sv,  // metadata library
};
constexpr size_t kCountAt = 24, kListAt = 26;
constexpr size_t kLeastAttributeBytes = 6;  // the lengths of its name and value, and its kind
constexpr size_t kPartBytes = 1 << 20;

std::vector<uint8_t> part_of(int fd, uint64_t at, uint64_t bytes) {
  std::vector<uint8_t> out(bytes);
  size_t read = 0;
  while (read < out.size()) {
    const ssize_t n = pread(fd, out.data() + read, out.size() - read, static_cast<off_t>(at + read));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    read += static_cast<size_t>(n);
  }
  out.resize(read);
  return out;
}

}  // namespace

bool asf_lists_fit(std::span<const uint8_t> part, uint64_t behind_bytes) {
  const std::string_view text(reinterpret_cast<const char*>(part.data()), part.size());
  for (const std::string_view id : kObjectsWithLists) {
    for (size_t at = text.find(id); at != std::string_view::npos; at = text.find(id, at + 1)) {
      if (part.size() - at < kListAt) break;
      const size_t count = part[at + kCountAt] + (size_t{part[at + kCountAt + 1]} << 8);
      if (count * kLeastAttributeBytes > part.size() - at - kListAt + behind_bytes) return false;
    }
  }
  return true;
}

bool asf_lists_fit(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0 || status.st_size < 0) return true;
  const auto bytes = static_cast<uint64_t>(status.st_size);
  const std::vector<uint8_t> begin = part_of(fd, 0, kHeader.size());
  if (std::string_view(reinterpret_cast<const char*>(begin.data()), begin.size()) != kHeader) return true;
  // Also behind the header's stated size, at which TagLib does not stop reading its objects.
  for (uint64_t at = 0; at < bytes; at += kPartBytes) {
    const std::vector<uint8_t> part = part_of(fd, at, std::min<uint64_t>(kPartBytes + kListAt, bytes - at));
    if (!asf_lists_fit(part, bytes - at - part.size())) return false;
  }
  return true;
}

}  // namespace roundelay
