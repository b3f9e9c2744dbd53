#include "codec/opus_headers.h"

#include <string_view>

namespace roundelay {
namespace {

void put_number(std::vector<uint8_t>& out, size_t number) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<uint8_t>(number >> (8 * i)));
}

void put_text(std::vector<uint8_t>& out, std::string_view text) {
  put_number(out, text.size());
  out.insert(out.end(), text.begin(), text.end());
}

}  // namespace

// Section 5.1.
std::vector<uint8_t> opus_head(int channels, int pre_skip) {
  std::vector<uint8_t> head = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, static_cast<uint8_t>(channels)};
  head.push_back(static_cast<uint8_t>(pre_skip));
  head.push_back(static_cast<uint8_t>(pre_skip >> 8));
  head.insert(head.end(), {0x80, 0xBB, 0, 0});  // 48,000
  head.insert(head.end(), {0, 0, 0});           // no gain; mono or stereo
  return head;
}

// Section 5.2.
std::vector<uint8_t> opus_tags(const OpusTags& tags) {
  std::vector<uint8_t> out = {'O', 'p', 'u', 's', 'T', 'a', 'g', 's'};
  put_text(out, "Roundelay");
  put_number(out, tags.size());
  for (const auto& [name, value] : tags) {
    std::string tag = name;
    put_text(out, tag.append("=").append(value));
  }
  return out;
}

}  // namespace roundelay
