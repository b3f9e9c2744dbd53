// Any bytes as a sound file with tags: texts within their bounds, or none.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "server/jobs/song_tags.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  const int fd = memfd_create("song", MFD_CLOEXEC);
  if (fd < 0 || write(fd, data, size) != static_cast<ssize_t>(size)) std::abort();
  const auto tags = read_song_tags(fd);
  close(fd);
  if (!tags) return 0;
  if (tags->title.size() > kMostTagBytes || tags->words.size() > kMostTagWordsBytes) std::abort();
  if (tags->length_ms && *tags->length_ms <= 0) std::abort();
  return 0;
}
