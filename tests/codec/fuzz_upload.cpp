// Any bytes as an upload: refused with a sentence, or read to the end, within bounds.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/sound_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr double kMaxSeconds = 60;
  static const int fd = memfd_create("upload", MFD_CLOEXEC);
  if (ftruncate(fd, static_cast<off_t>(size)) != 0 || pwrite(fd, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  const auto reader = roundelay::SoundReader::open(fd);
  if (!reader) {
    if (reader.error().text.empty() || reader.error().text.back() != '.') std::abort();
    return 0;
  }
  std::vector<float> samples;
  while ((*reader)->seconds_read() < kMaxSeconds) {
    samples.clear();
    const auto more = (*reader)->read(samples);
    if (samples.size() % static_cast<size_t>((*reader)->channels()) != 0) std::abort();
    if (!more || !*more) break;
  }
  return 0;
}
