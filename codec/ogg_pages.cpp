// Ogg (RFC 3533): a link is what stands between first pages.
#include <algorithm>
#include <array>
#include <map>

#include "codec/sound_fault.h"
#include "codec/sound_parts.h"

namespace roundelay {
namespace {

constexpr size_t kPageHeadBytes = 27;
constexpr size_t kMaxSegments = 255;
constexpr uint8_t kFirst = 2;
constexpr uint8_t kLast = 4;

// CRC-32 with polynomial 0x04C11DB7, neither reflected nor inverted.
constexpr std::array<uint32_t, 256> make_crc_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i << 24;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000'0000) != 0 ? crc << 1 ^ 0x04C1'1DB7 : crc << 1;
    table[i] = crc;
  }
  return table;
}
constexpr std::array<uint32_t, 256> kCrc = make_crc_table();

uint32_t little_endian(std::span<const uint8_t> b) {
  return b[0] | b[1] << 8 | b[2] << 16 | static_cast<uint32_t>(b[3]) << 24;
}

struct Page {
  int64_t bytes = 0;
  uint8_t flags = 0;
  uint32_t serial = 0;
  uint32_t number = 0;
};

// Nothing if no whole, undamaged page begins here.
std::optional<Page> page_at(FileView& file, int64_t at) {
  const auto head = file.bytes(at, kPageHeadBytes + kMaxSegments);
  if (head.size() < kPageHeadBytes || !starts_with(head, "OggS") || head[4] != 0) return std::nullopt;
  const size_t segments = head[26];
  if (head.size() < kPageHeadBytes + segments) return std::nullopt;
  size_t len = kPageHeadBytes + segments;
  for (size_t i = 0; i < segments; ++i) len += head[kPageHeadBytes + i];
  const Page page{static_cast<int64_t>(len), head[5], little_endian(head.subspan(14, 4)), little_endian(head.subspan(18, 4))};
  const uint32_t wanted = little_endian(head.subspan(22, 4));
  const auto whole = file.bytes(at, len);
  if (whole.size() < len) return std::nullopt;
  uint32_t crc = 0;
  for (size_t i = 0; i < len; ++i) {
    const uint8_t byte = i >= 22 && i < 26 ? 0 : whole[i];
    crc = crc << 8 ^ kCrc[(crc >> 24 ^ byte) & 0xFF];
  }
  return crc == wanted ? std::optional<Page>(page) : std::nullopt;
}

int64_t next_page(FileView& file, int64_t from) {
  for (int64_t at = from;;) {
    const auto bytes = file.bytes(at, FileView::kCacheBytes / 4);
    if (bytes.size() < kPageHeadBytes) return file.size();
    for (size_t i = 0; i + 4 <= bytes.size(); ++i) {
      if (bytes[i] == 'O' && starts_with(bytes, "OggS", i)) {
        const int64_t found = at + static_cast<int64_t>(i);
        if (page_at(file, found)) return found;
        return next_page(file, found + 4);
      }
    }
    at += static_cast<int64_t>(bytes.size()) - 3;
  }
}

}  // namespace

SoundPart follow_ogg(FileView& file, int64_t begin) {
  SoundPart part{.kind = FileKind::kOgg, .begin = begin, .end = begin};
  struct Stream {
    uint32_t number = 0;
    bool ended = false;
  };
  std::map<uint32_t, Stream> streams;
  bool body = false;
  bool hole = false;
  bool followed = false;  // by another link
  for (int64_t at = begin; at < file.size();) {
    const auto page = page_at(file, at);
    if (!page) {
      const int64_t next = next_page(file, at + 1);
      const auto later = next < file.size() ? page_at(file, next) : std::nullopt;
      followed = later && (later->flags & kFirst) != 0;
      if (!later || followed) break;  // junk, or the end is missing
      hole = true;
      at = next;
      continue;
    }
    if ((page->flags & kFirst) != 0) {
      if (body) {
        followed = true;
        break;
      }
      streams[page->serial] = {page->number, (page->flags & kLast) != 0};
    } else {
      body = true;
      const auto stream = streams.find(page->serial);
      if (stream != streams.end()) {
        hole = hole || page->number != stream->second.number + 1;
        stream->second = {page->number, (page->flags & kLast) != 0};
      }
    }
    at += page->bytes;
    part.end = at;
  }
  const bool ended =
      !streams.empty() && std::any_of(streams.begin(), streams.end(), [](const auto& each) { return each.second.ended; });
  if (part.end == begin) {
    part.end = std::min(begin + 4, file.size());
    part.problem = sound_fault("sound_file_is_something_else", {{"format", "Ogg"}});
  } else if (hole) {
    part.problem = sound_fault("sound_file_lacks_pieces", {{"format", "Ogg"}});
  } else if (!ended && !followed) {
    part.problem = sound_fault("sound_file_is_cut_off", {{"format", "Ogg"}});
  }
  return part;
}

}  // namespace roundelay
