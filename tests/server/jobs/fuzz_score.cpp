// Any bytes as a score's first ones, its EXIF, and as a picture: refused with a sentence, or a picture of the size it says.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "server/jobs/picture_reading.h"
#include "server/jobs/score_kind.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  const std::span<const uint8_t> file(data, size);
  const int orientation = jpeg_orientation(file);
  if (orientation < 1 || orientation > 8) std::abort();
  const ScoreKind kind = score_kind(file);
  if (kind == ScoreKind::kUnknown || kind == ScoreKind::kPdf) return 0;
  const auto picture = read_picture(file, kind);
  if (!picture) {
    if (picture.error().text.empty() || picture.error().text.back() != '.') std::abort();
    return 0;
  }
  const size_t bytes = static_cast<size_t>(picture->width) * static_cast<size_t>(picture->height) * 3;
  if (picture->width < 1 || picture->height < 1 || picture->rgb.size() != bytes) std::abort();
  const Picture small = fitted(*picture, 64);
  if (small.width > 64 || small.height > 64 || small.rgb.empty()) std::abort();
  return 0;
}
