#include "server/jobs/score_making.h"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "codec/file_view.h"
#include "server/jobs/pdf_pages.h"
#include "server/jobs/picture_reading.h"

namespace roundelay {
namespace {

using Pages = std::vector<MadePage>;

tl::expected<std::vector<uint8_t>, Sentence> whole_file(int fd, int64_t max_bytes) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return tl::unexpected(phrase("server_cannot_read_the_file"));
  if (status.st_size == 0) return tl::unexpected(phrase("empty_score"));
  if (status.st_size > max_bytes) {
    return tl::unexpected(phrase("score_is_too_large", {{"most", max_bytes / 1'000'000}}));
  }
  std::vector<uint8_t> out(static_cast<size_t>(status.st_size));
  if (read_at(fd, 0, out) < out.size()) return tl::unexpected(phrase("server_cannot_read_the_file"));
  return out;
}

tl::expected<void, Sentence> add_page(int fd, const Picture& picture, Pages& pages) {
  const auto encoded = as_webp(picture);
  if (!encoded) throw std::bad_alloc();
  const int64_t offset = pages.empty() ? 0 : pages.back().offset + pages.back().bytes;
  if (!write_at(fd, offset, *encoded)) return tl::unexpected(phrase("disk_is_full"));
  pages.push_back({offset, static_cast<int64_t>(encoded->size()), picture.width, picture.height});
  return {};
}

}  // namespace

tl::expected<Pages, Sentence> make_score(int in_fd, int out_fd, const ScoreLimits& limits,
                                         const std::function<void(double)>& progress) {
  const auto file = whole_file(in_fd, limits.max_bytes);
  if (!file) return tl::unexpected(file.error());
  const ScoreKind kind = score_kind(*file);
  if (kind == ScoreKind::kUnknown) {
    return tl::unexpected(phrase("no_score_file"));
  }
  Pages pages;
  if (kind != ScoreKind::kPdf) {
    auto picture = read_picture(*file, kind);
    if (!picture) return tl::unexpected(std::move(picture.error()));
    if (auto added = add_page(out_fd, fitted(*std::move(picture), kMostPageSide), pages); !added)
      return tl::unexpected(std::move(added.error()));
    progress(1);
    return pages;
  }
  const auto pdf = PdfPages::open(*file, limits.max_pages);
  if (!pdf) return tl::unexpected(pdf.error());
  for (int page = 0; page < pdf->count(); ++page) {
    const auto picture = pdf->draw(page);
    if (!picture) return tl::unexpected(picture.error());
    if (auto added = add_page(out_fd, *picture, pages); !added) return tl::unexpected(std::move(added.error()));
    progress((page + 1.0) / pdf->count());
  }
  return pages;
}

}  // namespace roundelay
