#include "server/jobs/picture_reading.h"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace roundelay {
namespace {

using PictureRead = tl::expected<Picture, Sentence>;

tl::unexpected<Sentence> damaged() {
  return tl::unexpected(phrase("picture_is_damaged"));
}

// Nothing if it may be decoded.
std::optional<Sentence> fault_of_picture(int64_t width, int64_t height) {
  constexpr int64_t kMillion = 1'000'000;
  if (width < 1 || height < 1) return phrase("picture_is_empty");
  if (width * height > kMostPicturePixels)
    return phrase("picture_is_too_large", {{"pixels", width * height / kMillion}, {"most", kMostPicturePixels / kMillion}});
  if (!has_page_size(static_cast<double>(width), static_cast<double>(height)))
    return phrase("picture_is_too_long", {{"most", kMostPageRatio}});
  return std::nullopt;
}

PictureRead read_png(std::span<const uint8_t> file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&image, &png_image_free);
  if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) return damaged();
  if (auto fault = fault_of_picture(image.width, image.height)) return tl::unexpected(*std::move(fault));
  image.format = PNG_FORMAT_RGB;
  Picture out = Picture::blank(static_cast<int>(image.width), static_cast<int>(image.height));
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&image, &white, out.rgb.data(), 0, nullptr) == 0) return damaged();
  return out;
}

// The smallest that libjpeg makes at once, and from which a page can still be made by scaling down.
tjscalingfactor least_factor(int width, int height) {
  int count = 0;
  const tjscalingfactor* all = tjGetScalingFactors(&count);
  tjscalingfactor least{1, 1};
  for (const tjscalingfactor& each : std::span(all, static_cast<size_t>(all != nullptr ? count : 0))) {
    const bool smaller = each.num * least.denom < least.num * each.denom;
    if (smaller && std::max(TJSCALED(width, each), TJSCALED(height, each)) >= kMostPageSide) least = each;
  }
  return least;
}

// Printers' colours, as Adobe's programs store them: inverted.
Picture from_cmyk(int width, int height, const std::vector<uint8_t>& cmyk) {
  Picture out = Picture::blank(width, height);
  for (size_t i = 0; i < cmyk.size() / 4; ++i) {
    const unsigned black = cmyk[i * 4 + 3];
    for (size_t channel = 0; channel < 3; ++channel)
      out.rgb[i * 3 + channel] = static_cast<uint8_t>(cmyk[i * 4 + channel] * black / 255);
  }
  return out;
}

PictureRead read_jpeg(std::span<const uint8_t> file) {
  const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), &tjDestroy);
  if (!decoder) throw std::bad_alloc();
  int width = 0;
  int height = 0;
  int subsampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(decoder.get(), file.data(), file.size(), &width, &height, &subsampling, &colours) != 0)
    return damaged();
  if (auto fault = fault_of_picture(width, height)) return tl::unexpected(*std::move(fault));
  const tjscalingfactor factor = least_factor(width, height);
  const int scaled_width = TJSCALED(width, factor);
  const int scaled_height = TJSCALED(height, factor);
  const bool cmyk = colours == TJCS_CMYK || colours == TJCS_YCCK;
  std::vector<uint8_t> pixels(static_cast<size_t>(scaled_width) * static_cast<size_t>(scaled_height) * (cmyk ? 4 : 3));
  const int result = tjDecompress2(decoder.get(), file.data(), file.size(), pixels.data(), scaled_width, 0, scaled_height,
                                   cmyk ? TJPF_CMYK : TJPF_RGB, TJFLAG_LIMITSCANS);
  if (result != 0) {
    // Some cameras write what libjpeg only warns of; what is missing is another matter.
    const std::string_view why = tjGetErrorStr2(decoder.get());
    const bool whole = tjGetErrorCode(decoder.get()) == TJERR_WARNING && why.find("remature end") == std::string_view::npos &&
                       why.find("orrupt JPEG data: bad") == std::string_view::npos;
    if (!whole) return damaged();
  }
  Picture out = cmyk ? from_cmyk(scaled_width, scaled_height, pixels) : Picture{scaled_width, scaled_height, std::move(pixels)};
  return turned(std::move(out), jpeg_orientation(file));
}

PictureRead read_webp(std::span<const uint8_t> file) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return damaged();
  if (WebPGetFeatures(file.data(), file.size(), &config.input) != VP8_STATUS_OK) return damaged();
  const int width = config.input.width;
  const int height = config.input.height;
  if (auto fault = fault_of_picture(width, height)) return tl::unexpected(*std::move(fault));
  if (config.input.has_animation != 0) return tl::unexpected(phrase("picture_moves"));
  config.output.colorspace = MODE_RGBA;
  if (const int longer = std::max(width, height); longer > kMostPageSide) {
    const double scale = static_cast<double>(kMostPageSide) / longer;
    config.options.use_scaling = 1;
    config.options.scaled_width = std::max(1, static_cast<int>(std::lround(width * scale)));
    config.options.scaled_height = std::max(1, static_cast<int>(std::lround(height * scale)));
  }
  const std::unique_ptr<WebPDecBuffer, void (*)(WebPDecBuffer*)> freed(&config.output, &WebPFreeDecBuffer);
  const VP8StatusCode status = WebPDecode(file.data(), file.size(), &config);
  if (status == VP8_STATUS_OUT_OF_MEMORY) throw std::bad_alloc();
  if (status != VP8_STATUS_OK) return damaged();
  Picture out = Picture::blank(config.output.width, config.output.height);
  for (int y = 0; y < out.height; ++y) {
    const uint8_t* from = config.output.u.RGBA.rgba + static_cast<std::ptrdiff_t>(y) * config.output.u.RGBA.stride;
    uint8_t* to = out.rgb.data() + static_cast<size_t>(y) * static_cast<size_t>(out.width) * 3;
    for (int x = 0; x < out.width; ++x, from += 4) {
      for (int channel = 0; channel < 3; ++channel)
        *to++ = static_cast<uint8_t>((from[channel] * from[3] + 255 * (255 - from[3])) / 255);
    }
  }
  return out;
}

}  // namespace

bool has_page_size(double width, double height) {
  const double longer = std::max(width, height);
  const double shorter = std::min(width, height);
  return std::isfinite(longer) && shorter > 0 && longer <= shorter * kMostPageRatio;
}

PictureRead read_picture(std::span<const uint8_t> file, ScoreKind kind) {
  switch (kind) {
    case ScoreKind::kPng:
      return read_png(file);
    case ScoreKind::kJpeg:
      return read_jpeg(file);
    case ScoreKind::kWebp:
      return read_webp(file);
    case ScoreKind::kPdf:
    case ScoreKind::kUnknown:
      break;
  }
  return damaged();
}

}  // namespace roundelay
