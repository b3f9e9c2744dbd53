// Files that people bring as scores, made for tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/jobs/picture.h"

namespace roundelay::test {

struct PdfWish {
  int pages = 1;
  std::string media_box = "0 0 595 842";              // A4, points
  std::string content = "10 w 50 400 m 545 400 l S";  // of each page: a thick line across its middle
  std::string resources = {};                         // inside << >>
  bool locked = false;                                // with a password that is not the empty one
};
[[nodiscard]] std::vector<uint8_t> pdf(const PdfWish& wish = {});

// White, its upper left quarter black: tells how it was turned.
[[nodiscard]] Picture marked_picture(int width, int height);
// Every pixel another colour, as of a photograph.
[[nodiscard]] Picture noisy_picture(int width, int height);

[[nodiscard]] std::vector<uint8_t> png(const Picture& picture);
// `orientation`: as EXIF has it; 0: without EXIF.
[[nodiscard]] std::vector<uint8_t> jpeg(const Picture& picture, int orientation = 0);
// The header alone of a PNG that claims this size.
[[nodiscard]] std::vector<uint8_t> png_header(uint32_t width, uint32_t height);

}  // namespace roundelay::test
