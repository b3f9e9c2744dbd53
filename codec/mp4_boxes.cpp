// MP4, M4A, 3GP and QuickTime (ISO 14496-12): boxes one after another; another "ftyp" begins another file.
#include <algorithm>
#include <array>

#include "codec/sound_fault.h"
#include "codec/sound_parts.h"

namespace roundelay {
namespace {

constexpr std::array<std::string_view, 22> kBoxes = {"ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "uuid",
                                                     "moof", "mfra", "sidx", "ssix", "styp", "prft", "meta", "emsg",
                                                     "pdin", "udta", "PICT", "junk", "mvex", "cust"};
constexpr size_t kMaxBoxes = 1'000'000;

int64_t big_endian_number(std::span<const uint8_t> bytes) {
  int64_t value = 0;
  for (const uint8_t b : bytes) value = value << 8 | b;
  return value;
}

}  // namespace

SoundPart follow_mp4(FileView& file, int64_t begin) {
  SoundPart part{.kind = FileKind::kMp4, .begin = begin, .end = begin};
  bool index = false;
  bool sound = false;
  bool cut = false;
  int64_t at = begin;
  for (size_t boxes = 0; boxes < kMaxBoxes && at < file.size(); ++boxes) {
    const auto head = file.bytes(at, 16);
    if (head.size() < 8) break;
    const std::string_view type(reinterpret_cast<const char*>(head.data()) + 4, 4);
    if (std::find(kBoxes.begin(), kBoxes.end(), type) == kBoxes.end()) break;
    if (type == "ftyp" && at != begin) break;
    int64_t size = big_endian_number(head.first(4));
    if (size == 1 && head.size() == 16) size = big_endian_number(head.subspan(8, 8));
    if (size == 0) size = file.size() - at;
    if (size < 8) break;
    index = index || type == "moov";
    sound = sound || type == "mdat";
    cut = size > file.size() - at;
    at += std::min(size, file.size() - at);
    part.end = at;
  }
  if (part.end == begin) part.end = std::min(begin + 8, file.size());
  if (cut || !index || !sound) {
    part.problem = sound_fault(index ? "sound_file_is_cut_off" : "sound_file_has_no_contents", {{"format", "MP4"}});
  }
  return part;
}

}  // namespace roundelay
