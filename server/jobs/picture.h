// A picture in memory, and how it becomes a page of a score. Pure; for the worker's process, but without harm anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace roundelay {

// The longer side of a page as singers get it, pixels: sharp on a hall's screen, and a phone's at the full width.
inline constexpr int kMostPageSide = 2'200;
// What a picture may have. Larger ones cost more memory than a worker gets.
inline constexpr int64_t kMostPicturePixels = 50'000'000;
// The longer side over the shorter: what is longer is no page.
inline constexpr int kMostPageRatio = 10;

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> rgb;  // rows from the top, without padding

  [[nodiscard]] static Picture blank(int width, int height) {
    return {width, height, std::vector<uint8_t>(static_cast<size_t>(width) * static_cast<size_t>(height) * 3)};
  }
};

// Scaled down, if need be, so that no side is longer; each pixel is the mean of what it covers.
[[nodiscard]] Picture fitted(Picture picture, int most_side);

// As it is to be looked at, by the number that EXIF gives (1 to 8; 1 is as it is).
[[nodiscard]] Picture turned(Picture picture, int orientation);

// As WebP: without loss where it is drawn, with little where it is a photograph. Nothing if there is no memory for it.
[[nodiscard]] std::optional<std::vector<uint8_t>> as_webp(const Picture& picture);

}  // namespace roundelay
