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
  std::array<std::vector<uint8_t>, kCoverSides.size()> encoded;
  Cover out;
  for (size_t i = kCoverSides.size(); i-- > 0;) {
    scaled = fitted(std::move(scaled), kCoverSides[i]);
    out.parts[i].width = scaled.width;
    out.parts[i].height = scaled.height;
    const bool is_same =
        i + 1 < kCoverSides.size() && out.parts[i + 1].width == scaled.width && out.parts[i + 1].height == scaled.height;
    if (is_same) continue;
    auto webp = as_webp(scaled);
    if (!webp) throw std::bad_alloc();
    encoded[i] = *std::move(webp);
  }
  for (size_t i = 0; i < kCoverSides.size(); ++i) {
    out.parts[i].offset = static_cast<int64_t>(out.file.size());
    out.file.insert(out.file.end(), encoded[i].begin(), encoded[i].end());
  }
  for (size_t i = kCoverSides.size(); i-- > 0;) {
    out.parts[i].bytes = static_cast<int64_t>(encoded[i].size());
    if (encoded[i].empty()) {
      out.parts[i].offset = out.parts[i + 1].offset;
      out.parts[i].bytes = out.parts[i + 1].bytes;
    }
  }
  return out;
}

}  // namespace roundelay
