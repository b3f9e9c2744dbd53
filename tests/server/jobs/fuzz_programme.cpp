// Any bytes as a programme's ZIP: refused with a sentence, or a programme whose songs name only what it has; never more than the
// limits allow.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "server/jobs/programme_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  constexpr int64_t kMostBytes = 2'000'000;
  int64_t bytes = 0;
  const auto read = read_programme_zip(
      {data, size}, {.most_bytes = kMostBytes, .most_seconds = 5},
      [&](const CarriedBlob& blob) {
        bytes += static_cast<int64_t>(blob.bytes.size());
        return is_sha256(blob.sha256);
      },
      [](double) {});
  if (!read) {
    if (read.error().text.empty() || read.error().text.back() != '.') std::abort();
    return 0;
  }
  if (bytes > kMostBytes) std::abort();
  const CarriedProgramme& programme = read->programme;
  for (const auto& song : programme.songs) {
    if (song.track && !programme.tracks.contains(*song.track)) std::abort();
    if (song.plan.words && !programme.words.contains(*song.plan.words)) std::abort();
    if (song.plan.score && !programme.scores.contains(*song.plan.score)) std::abort();
  }
  return 0;
}
