#include "tests/server/jobs/score_files.h"

#include <png.h>
#include <turbojpeg.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace roundelay::test {

std::vector<uint8_t> pdf(const PdfWish& wish) {
  std::vector<std::string> objects;
  std::string kids;
  for (int page = 0; page < wish.pages; ++page) kids.append(std::to_string(4 + page)).append(" 0 R ");
  objects.emplace_back("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push_back("<< /Type /Pages /Count " + std::to_string(wish.pages) + " /Kids [" + kids + "] >>");
  objects.push_back("<< /Length " + std::to_string(wish.content.size()) + " >>\nstream\n" + wish.content + "\nendstream");
  for (int page = 0; page < wish.pages; ++page) {
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [" + wish.media_box + "] /Contents 3 0 R /Resources << " +
                      wish.resources + " >> >>");
  }
  std::string out = "%PDF-1.4\n";
  std::vector<size_t> offsets;
  for (size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(out.size());
    out.append(std::to_string(i + 1)).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
  }
  const size_t table = out.size();
  out.append("xref\n0 ").append(std::to_string(objects.size() + 1)).append("\n0000000000 65535 f \n");
  for (const size_t offset : offsets) {
    const std::string digits = std::to_string(offset);
    out.append(10 - digits.size(), '0').append(digits).append(" 00000 n \n");
  }
  out.append("trailer\n<< /Size ").append(std::to_string(objects.size() + 1)).append(" /Root 1 0 R ");
  if (wish.locked) {
    // Hashes that no password gives.
    const std::string hash = "<" + std::string(64, '5') + ">";
    out.append("/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ");
    out.append(hash).append(" /U ").append(hash).append(" >> ");
  }
  out.append(">>\nstartxref\n").append(std::to_string(table)).append("\n%%EOF\n");
  return {out.begin(), out.end()};
}

Picture marked_picture(int width, int height) {
  Picture out = Picture::blank(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const size_t at = (static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * 3;
      const uint8_t value = x < width / 2 && y < height / 2 ? 0 : 255;
      for (size_t channel = 0; channel < 3; ++channel) out.rgb[at + channel] = value;
    }
  }
  return out;
}

Picture noisy_picture(int width, int height) {
  Picture out = Picture::blank(width, height);
  uint32_t state = 1;
  for (uint8_t& value : out.rgb) {
    state = state * 1'664'525 + 1'013'904'223;
    value = static_cast<uint8_t>(state >> 24);
  }
  return out;
}

std::vector<uint8_t> png(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t bytes = 0;
  if (png_image_write_to_memory(&image, nullptr, &bytes, 0, picture.rgb.data(), 0, nullptr) == 0)
    throw std::runtime_error("no PNG");
  std::vector<uint8_t> out(bytes);
  if (png_image_write_to_memory(&image, out.data(), &bytes, 0, picture.rgb.data(), 0, nullptr) == 0)
    throw std::runtime_error("no PNG");
  out.resize(bytes);
  return out;
}

std::vector<uint8_t> jpeg(const Picture& picture, int orientation) {
  const tjhandle encoder = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long count = 0;
  const int result =
      tjCompress2(encoder, picture.rgb.data(), picture.width, 0, picture.height, TJPF_RGB, &bytes, &count, TJSAMP_420, 90, 0);
  if (result != 0) throw std::runtime_error("no JPEG");
  std::vector<uint8_t> out(bytes, bytes + count);
  tjFree(bytes);
  tjDestroy(encoder);
  if (orientation != 0) {
    const std::array<uint8_t, 36> exif = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
                                          'M',  'M',  0, 42, 0,   0,   0,   8,   0, 1,
                                          1,    0x12, 0, 3,  0,   0,   0,   1,   0, static_cast<uint8_t>(orientation),
                                          0,    0,    0, 0,  0,   0};
    out.insert(out.begin() + 2, exif.begin(), exif.end());
  }
  return out;
}

std::vector<uint8_t> png_header(uint32_t width, uint32_t height) {
  // A file of one pixel, told to be larger.
  std::vector<uint8_t> out = png(Picture::blank(1, 1));
  for (size_t i = 0; i < 4; ++i) {
    out[16 + i] = static_cast<uint8_t>(width >> (24 - 8 * i));
    out[20 + i] = static_cast<uint8_t>(height >> (24 - 8 * i));
  }
  // CRC-32 of the chunk's kind and body.
  uint32_t crc = 0xffffffff;
  for (size_t i = 12; i < 29; ++i) {
    crc ^= out[i];
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  for (size_t i = 0; i < 4; ++i) out[29 + i] = static_cast<uint8_t>(~crc >> (24 - 8 * i));
  return out;
}

}  // namespace roundelay::test
