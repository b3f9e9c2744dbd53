#include "server/jobs/score_kind.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace roundelay {
namespace {

bool has_at(std::span<const uint8_t> file, size_t at, std::string_view text) {
  if (file.size() < at || file.size() - at < text.size()) return false;
  return std::equal(text.begin(), text.end(), file.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

// Numbers of a TIFF header's bytes, in its order. Nothing beyond the end.
class TiffNumbers {
 public:
  TiffNumbers(std::span<const uint8_t> bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  [[nodiscard]] std::optional<uint32_t> number(size_t at, size_t length) const {
    if (at > bytes_.size() || bytes_.size() - at < length) return std::nullopt;
    uint32_t out = 0;
    for (size_t i = 0; i < length; ++i) out = out << 8 | bytes_[at + (big_endian_ ? i : length - 1 - i)];
    return out;
  }

 private:
  std::span<const uint8_t> bytes_;
  bool big_endian_;
};

// The tag 0x0112 of the first directory (TIFF 6.0, section 2 and "Orientation").
int tiff_orientation(std::span<const uint8_t> tiff) {
  constexpr uint32_t kOrientation = 0x0112;
  constexpr size_t kEntryBytes = 12;
  const bool big_endian = has_at(tiff, 0, "MM");
  if (!big_endian && !has_at(tiff, 0, "II")) return 1;
  const TiffNumbers in(tiff, big_endian);
  const auto directory = in.number(4, 4);
  const auto entries = directory ? in.number(*directory, 2) : std::nullopt;
  for (uint32_t i = 0; entries && i < *entries; ++i) {
    const size_t entry = *directory + 2 + i * kEntryBytes;
    const auto tag = in.number(entry, 2);
    if (!tag) return 1;
    if (*tag != kOrientation) continue;
    const auto value = in.number(entry + 8, 2);
    return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
  }
  return 1;
}

}  // namespace

ScoreKind score_kind(std::span<const uint8_t> file) {
  using namespace std::string_view_literals;
  // Readers of PDF allow some bytes before it.
  constexpr size_t kMostBeforePdf = 1'024;
  if (has_at(file, 0, "\x89PNG\r\n\x1a\n"sv)) return ScoreKind::kPng;
  if (has_at(file, 0, "\xff\xd8\xff"sv)) return ScoreKind::kJpeg;
  if (has_at(file, 0, "RIFF"sv) && has_at(file, 8, "WEBP"sv)) return ScoreKind::kWebp;
  for (size_t at = 0; at < kMostBeforePdf && at < file.size(); ++at) {
    if (has_at(file, at, "%PDF-"sv)) return ScoreKind::kPdf;
  }
  return ScoreKind::kUnknown;
}

int jpeg_orientation(std::span<const uint8_t> file) {
  using namespace std::string_view_literals;
  constexpr uint8_t kApp1 = 0xe1, kStartOfScan = 0xda;
  constexpr size_t kExifBytes = 6;
  size_t at = 2;
  while (file.size() >= 4 && at <= file.size() - 4 && file[at] == 0xff) {
    const uint8_t kind = file[at + 1];
    if (kind == 0xff) {
      ++at;
      continue;
    }
    if (kind == kStartOfScan) return 1;
    const size_t length = static_cast<size_t>(file[at + 2]) << 8 | file[at + 3];
    if (length < 2 || file.size() - at - 2 < length) return 1;
    const auto body = file.subspan(at + 4, length - 2);
    if (kind == kApp1 && has_at(body, 0, "Exif\0\0"sv)) return tiff_orientation(body.subspan(kExifBytes));
    at += 2 + length;
  }
  return 1;
}

}  // namespace roundelay
