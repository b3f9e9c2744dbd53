// MP3 files that carry a picture, made for tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace roundelay::test {

// ID3v2.3 with this picture, then a moment of silence. `claimed`: how large the tag says that the picture is; 0: as it is.
[[nodiscard]] inline std::vector<uint8_t> mp3_with_picture(std::span<const uint8_t> picture, uint32_t claimed = 0) {
  std::vector<uint8_t> frame = {0};  // Latin-1
  for (const char c : std::string("image/png")) frame.push_back(static_cast<uint8_t>(c));
  frame.insert(frame.end(), {0, 3, 0});  // the front cover, without a description
  frame.insert(frame.end(), picture.begin(), picture.end());
  const auto size = static_cast<uint32_t>(frame.size());
  const uint32_t told = claimed == 0 ? size : claimed;
  std::vector<uint8_t> out = {'I', 'D', '3', 3, 0, 0};
  const uint32_t tag_size = size + 10;
  for (int shift = 21; shift >= 0; shift -= 7) out.push_back(static_cast<uint8_t>(tag_size >> shift & 0x7f));
  out.insert(out.end(), {'A', 'P', 'I', 'C'});
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<uint8_t>(told >> shift));
  out.insert(out.end(), {0, 0});
  out.insert(out.end(), frame.begin(), frame.end());
  constexpr size_t kFrameBytes = 417;  // 128 kbit/s at 44.1 kHz
  for (int i = 0; i < 4; ++i) {
    out.insert(out.end(), {0xff, 0xfb, 0x90, 0x00});
    out.insert(out.end(), kFrameBytes - 4, 0);
  }
  return out;
}

}  // namespace roundelay::test
