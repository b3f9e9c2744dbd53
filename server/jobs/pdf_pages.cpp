#include "server/jobs/pdf_pages.h"

#include <poppler-document.h>
#include <poppler-font.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "server/jobs/picture_reading.h"

namespace roundelay {
namespace {

// The name of one, perhaps empty, that the file does not hold; nothing if it holds all.
std::optional<std::string> missing_font(const poppler::document& document) {
  for (const poppler::font_info& font : document.fonts()) {
    if (!font.is_embedded()) return font.name();
  }
  return std::nullopt;
}

}  // namespace

PdfPages::PdfPages(std::unique_ptr<poppler::document> document, int count) : document_(std::move(document)), count_(count) {}
PdfPages::~PdfPages() = default;
PdfPages::PdfPages(PdfPages&&) noexcept = default;
PdfPages& PdfPages::operator=(PdfPages&&) noexcept = default;

tl::expected<PdfPages, Sentence> PdfPages::open(std::span<const uint8_t> file, int most_pages) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(reinterpret_cast<const char*>(file.data()), static_cast<int>(file.size())));
  if (!document) return tl::unexpected(phrase("pdf_is_damaged"));
  if (document->is_locked()) {
    return tl::unexpected(phrase("pdf_is_locked"));
  }
  const int count = document->pages();
  if (count < 1) return tl::unexpected(phrase("pdf_is_damaged"));
  if (count > most_pages) {
    return tl::unexpected(phrase("pdf_has_too_many_pages", {{"pages", count}, {"most", most_pages}}));
  }
  // What is written in it would be missing: the sandbox lets nobody read the machine's fonts.
  if (const auto name = missing_font(*document)) {
    return tl::unexpected(name->empty() ? phrase("pdf_lacks_fonts") : phrase("pdf_lacks_font", {{"font", *name}}));
  }
  return PdfPages(std::move(document), count);
}

tl::expected<Picture, Sentence> PdfPages::draw(int page) const {
  constexpr double kPointsPerInch = 72;
  const std::unique_ptr<poppler::page> drawn(document_->create_page(page));
  if (!drawn) return tl::unexpected(phrase("pdf_page_is_damaged", {{"page", page + 1}}));
  const poppler::rectf box = drawn->page_rect();
  if (!has_page_size(box.width(), box.height()))
    return tl::unexpected(phrase("pdf_page_is_too_long", {{"page", page + 1}, {"most", kMostPageRatio}}));
  const double dots_per_inch = kMostPageSide / std::max(box.width(), box.height()) * kPointsPerInch;
  poppler::page_renderer renderer;
  renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
  renderer.set_image_format(poppler::image::format_rgb24);
  const poppler::image image = renderer.render_page(drawn.get(), dots_per_inch, dots_per_inch);
  const bool usable = image.is_valid() && image.format() == poppler::image::format_rgb24 && image.width() >= 1 &&
                      image.height() >= 1 && int64_t{image.width()} * image.height() <= kMostPicturePixels;
  if (!usable) return tl::unexpected(phrase("pdf_page_cannot_be_drawn", {{"page", page + 1}}));
  Picture out = Picture::blank(image.width(), image.height());
  const size_t row_bytes = static_cast<size_t>(image.width()) * 3;
  for (int y = 0; y < image.height(); ++y) {
    const char* row = image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    std::memcpy(out.rgb.data() + static_cast<size_t>(y) * row_bytes, row, row_bytes);
  }
  return fitted(std::move(out), kMostPageSide);
}

}  // namespace roundelay
