// The pages of a PDF, drawn by poppler. A PDF is foreign: for the worker's process alone.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include <tl/expected.hpp>

#include "server/base/sentences.h"
#include "server/jobs/picture.h"

namespace poppler {
class document;
}

namespace roundelay {

class PdfPages {
 public:
  // `file` must outlive it. The error is a sentence for her who uploaded it, as below.
  [[nodiscard]] static tl::expected<PdfPages, Sentence> open(std::span<const uint8_t> file, int most_pages);
  ~PdfPages();
  PdfPages(PdfPages&&) noexcept;
  PdfPages& operator=(PdfPages&&) noexcept;

  [[nodiscard]] int count() const { return count_; }
  // From 0; its longer side has about kMostPageSide pixels.
  [[nodiscard]] tl::expected<Picture, Sentence> draw(int page) const;

 private:
  PdfPages(std::unique_ptr<poppler::document> document, int count);

  std::unique_ptr<poppler::document> document_;
  int count_;
};

}  // namespace roundelay
