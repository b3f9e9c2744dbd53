// Any bytes as a sound file with tags: texts and a picture within their bounds, or none.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "server/jobs/score_kind.h"
#include "server/jobs/song_picture.h"
#include "server/jobs/song_tags.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  const int fd = memfd_create("song", MFD_CLOEXEC);
  if (fd < 0 || write(fd, data, size) != static_cast<ssize_t>(size)) std::abort();
  const auto tags = read_song_tags(fd);
  const auto picture = read_song_picture(fd);
  close(fd);
  if (picture.size() > kMostCoverFileBytes || (!picture.empty() && score_kind(picture) == ScoreKind::kUnknown)) std::abort();
  if (!tags) return 0;
  if (tags->title.size() > kMostTagBytes || tags->words.size() > kMostTagWordsBytes) std::abort();
  if (tags->length_ms && *tags->length_ms <= 0) std::abort();
  return 0;
}
