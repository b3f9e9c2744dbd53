#include "server/jobs/cover.h"

#include <new>
#include <utility>

#include "server/jobs/picture_reading.h"

namespace roundelay {

tl::expected<Cover, Sentence> make_cover(std::span<const uint8_t> picture) {
  const ScoreKind kind = score_kind(picture);
  if (kind == ScoreKind::kUnknown || kind == ScoreKind::kPdf) return tl::unexpected(phrase("no_picture_file"));
  auto read = read_picture(picture, kind);
  if (!read) return tl::unexpected(std::move(read.error()));
  // The largest first: the others are made of it.
  Picture scaled = *std::move(read);
  Cover out;
  CoverPart larger;
  for (size_t i = kCoverSides.size(); i-- > 0;) {
    scaled = fitted(std::move(scaled), kCoverSides[i]);
    if (scaled.width != larger.width || scaled.height != larger.height) {
      const auto webp = as_webp(scaled);
      if (!webp) throw std::bad_alloc();
      larger = {static_cast<int64_t>(out.file.size()), static_cast<int64_t>(webp->size()), scaled.width, scaled.height};
      out.file.insert(out.file.end(), webp->begin(), webp->end());
    }
    out.parts[i] = larger;
  }
  return out;
}

}  // namespace roundelay
