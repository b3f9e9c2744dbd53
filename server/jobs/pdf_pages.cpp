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

constexpr const char* kDamaged = "This PDF is damaged and cannot be read. Please export or copy it again.";

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

tl::expected<PdfPages, std::string> PdfPages::open(std::span<const uint8_t> file, int most_pages) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(reinterpret_cast<const char*>(file.data()), static_cast<int>(file.size())));
  if (!document) return tl::unexpected<std::string>(kDamaged);
  if (document->is_locked()) {
    return tl::unexpected<std::string>("This PDF is locked with a password. Please save a copy without one, and upload that.");
  }
  const int count = document->pages();
  if (count < 1) return tl::unexpected<std::string>(kDamaged);
  if (count > most_pages) {
    return tl::unexpected("This PDF has " + std::to_string(count) + " pages; up to " + std::to_string(most_pages) +
                          " are allowed. Please save the pages of this song as a PDF of their own.");
  }
  // What is written in it would be missing: the sandbox lets nobody read the machine's fonts.
  if (const auto name = missing_font(*document)) {
    std::string sentence = "This PDF does not hold all of its fonts";
    if (!name->empty()) sentence.append(" (").append(*name).append(")");
    sentence.append(": some words would be missing. Please export it with its fonts embedded, or upload pictures of its pages.");
    return tl::unexpected(std::move(sentence));
  }
  return PdfPages(std::move(document), count);
}

tl::expected<Picture, std::string> PdfPages::draw(int page) const {
  constexpr double kPointsPerInch = 72;
  const std::string name = "Page " + std::to_string(page + 1);
  const std::unique_ptr<poppler::page> drawn(document_->create_page(page));
  if (!drawn) return tl::unexpected(name + " of this PDF is damaged and cannot be read. Please export or copy it again.");
  const poppler::rectf box = drawn->page_rect();
  if (std::string fault = fault_of_size(name, box.width(), box.height()); !fault.empty()) return tl::unexpected(std::move(fault));
  const double dots_per_inch = kMostPageSide / std::max(box.width(), box.height()) * kPointsPerInch;
  poppler::page_renderer renderer;
  renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
  renderer.set_image_format(poppler::image::format_rgb24);
  const poppler::image image = renderer.render_page(drawn.get(), dots_per_inch, dots_per_inch);
  const bool usable = image.is_valid() && image.format() == poppler::image::format_rgb24 && image.width() >= 1 &&
                      image.height() >= 1 && int64_t{image.width()} * image.height() <= kMostPicturePixels;
  if (!usable) return tl::unexpected(name + " of this PDF cannot be drawn. Please export it again, or upload a picture of it.");
  Picture out = Picture::blank(image.width(), image.height());
  const size_t row_bytes = static_cast<size_t>(image.width()) * 3;
  for (int y = 0; y < image.height(); ++y) {
    const char* row = image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    std::memcpy(out.rgb.data() + static_cast<size_t>(y) * row_bytes, row, row_bytes);
  }
  return fitted(std::move(out), kMostPageSide);
}

}  // namespace roundelay
