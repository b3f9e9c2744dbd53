#include "server/jobs/picture.h"

#include <webp/encode.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <utility>

namespace roundelay {
namespace {

constexpr size_t kChannels = 3;

// Which pixels of a longer row fall into one of a shorter, and with how much of them.
struct Span {
  int first = 0;
  std::vector<float> weights;
};

std::vector<Span> spans_of(int from, int to) {
  std::vector<Span> out(static_cast<size_t>(to));
  const double scale = static_cast<double>(from) / to;
  for (int i = 0; i < to; ++i) {
    const double begin = i * scale;
    const double end = std::min<double>((i + 1) * scale, from);
    Span& span = out[static_cast<size_t>(i)];
    span.first = std::min(static_cast<int>(begin), from - 1);
    for (int at = span.first; at < from && at < end; ++at) {
      const double covered = std::min<double>(end, at + 1) - std::max<double>(begin, at);
      span.weights.push_back(static_cast<float>(covered / (end - begin)));
    }
  }
  return out;
}

uint8_t rounded(float value) {
  return static_cast<uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

// Drawn pages have long stretches of one colour; of a photograph hardly two neighbours are equal.
bool is_drawn(const Picture& picture) {
  size_t equal = 0;
  size_t looked_at = 0;
  const size_t row_bytes = static_cast<size_t>(picture.width) * kChannels;
  for (int y = 0; y < picture.height; y += 4) {
    const uint8_t* row = picture.rgb.data() + static_cast<size_t>(y) * row_bytes;
    for (size_t x = kChannels; x < row_bytes; x += kChannels) {
      equal += std::memcmp(row + x, row + x - kChannels, kChannels) == 0 ? 1 : 0;
      ++looked_at;
    }
  }
  return looked_at == 0 || equal * 10 >= looked_at * 7;
}

}  // namespace

Picture fitted(Picture picture, int most_side) {
  const int longer = std::max(picture.width, picture.height);
  if (longer <= most_side) return picture;
  const double scale = static_cast<double>(most_side) / longer;
  const int width = std::max(1, static_cast<int>(std::lround(picture.width * scale)));
  const int height = std::max(1, static_cast<int>(std::lround(picture.height * scale)));
  Picture out = Picture::blank(width, height);
  const std::vector<Span> columns = spans_of(picture.width, width);
  const std::vector<Span> rows = spans_of(picture.height, height);
  const size_t row_bytes = static_cast<size_t>(picture.width) * kChannels;
  std::vector<float> sums(row_bytes);
  uint8_t* to = out.rgb.data();
  for (const Span& row : rows) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (size_t i = 0; i < row.weights.size(); ++i) {
      const uint8_t* from = picture.rgb.data() + (static_cast<size_t>(row.first) + i) * row_bytes;
      const float weight = row.weights[i];
      for (size_t x = 0; x < row_bytes; ++x) sums[x] += weight * static_cast<float>(from[x]);
    }
    for (const Span& column : columns) {
      for (size_t channel = 0; channel < kChannels; ++channel) {
        float sum = 0;
        const float* from = sums.data() + static_cast<size_t>(column.first) * kChannels + channel;
        for (size_t i = 0; i < column.weights.size(); ++i) sum += column.weights[i] * from[i * kChannels];
        *to++ = rounded(sum);
      }
    }
  }
  return out;
}

Picture turned(Picture picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  const bool swapped = orientation >= 5;
  const int width = picture.width;
  const int height = picture.height;
  Picture out = Picture::blank(swapped ? height : width, swapped ? width : height);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      // Where this pixel lies in the picture as it was stored.
      int from_x = swapped ? y : x;
      int from_y = swapped ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) from_x = width - 1 - from_x;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) from_y = height - 1 - from_y;
      const size_t from = (static_cast<size_t>(from_y) * static_cast<size_t>(width) + static_cast<size_t>(from_x)) * kChannels;
      const size_t to = (static_cast<size_t>(y) * static_cast<size_t>(out.width) + static_cast<size_t>(x)) * kChannels;
      std::memcpy(out.rgb.data() + to, picture.rgb.data() + from, kChannels);
    }
  }
  return out;
}

std::optional<std::vector<uint8_t>> as_webp(const Picture& picture) {
  constexpr float kPhotographQuality = 82;
  constexpr int kLosslessLevel = 2;  // of 0 to 9: higher ones take a multiple of the time for some percent of the size
  WebPConfig config;
  if (WebPConfigInit(&config) == 0) return std::nullopt;
  if (is_drawn(picture)) {
    if (WebPConfigLosslessPreset(&config, kLosslessLevel) == 0) return std::nullopt;
  } else {
    config.quality = kPhotographQuality;
    config.method = 3;
  }
  config.thread_level = 0;  // the sandbox allows none
  WebPPicture input;
  if (WebPPictureInit(&input) == 0) return std::nullopt;
  const std::unique_ptr<WebPPicture, void (*)(WebPPicture*)> freed(&input, &WebPPictureFree);
  input.use_argb = config.lossless;
  input.width = picture.width;
  input.height = picture.height;
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  const std::unique_ptr<WebPMemoryWriter, void (*)(WebPMemoryWriter*)> cleared(&writer, &WebPMemoryWriterClear);
  input.writer = &WebPMemoryWrite;
  input.custom_ptr = &writer;
  if (WebPPictureImportRGB(&input, picture.rgb.data(), picture.width * static_cast<int>(kChannels)) == 0) return std::nullopt;
  if (WebPEncode(&config, &input) == 0) return std::nullopt;
  return std::vector<uint8_t>(writer.mem, writer.mem + writer.size);
}

}  // namespace roundelay
