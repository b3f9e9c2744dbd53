#include "codec/sound_parts.h"

#include <algorithm>

#include "codec/mpeg_frames.h"
#include "codec/sound_fault.h"

namespace roundelay {
namespace {

// Tags of other times at the very end: ID3v1, APE.
void cut_end_tags(FileView& file) {
  constexpr int64_t kId3v1Bytes = 128;
  constexpr int64_t kApeFooterBytes = 32;
  if (file.has(file.size() - kId3v1Bytes, "TAG")) file.shorten(file.size() - kId3v1Bytes);
  const int64_t footer = file.size() - kApeFooterBytes;
  if (!file.has(footer, "APETAGEX")) return;
  const auto bytes = file.bytes(footer, kApeFooterBytes);
  const int64_t size = bytes[12] | bytes[13] << 8 | bytes[14] << 16 | int64_t{bytes[15]} << 24;
  const int64_t header = (bytes[23] & 0x80) != 0 ? kApeFooterBytes : 0;
  if (size >= kApeFooterBytes && size + header < file.size()) file.shorten(file.size() - size - header);
}

SoundPart follow_mpeg(FileView& file, int64_t begin, int64_t end) {
  const MpegStream stream = follow_mpeg_stream(file, begin, end);
  SoundPart part{.kind = FileKind::kMpeg, .begin = begin, .end = stream.end};
  part.samples = stream.samples;
  part.rate = stream.rate;
  part.layer = stream.layer;
  if (stream.hole_after_samples) {
    const double seconds = static_cast<double>(*stream.hole_after_samples) / stream.rate;
    part.problem = sound_fault("sound_file_is_damaged_after", {{"format", "MP3"}, {"minutes", clock_text(seconds)}});
  } else if (stream.frames == 0 || stream.frames + 4 < stream.stated_frames) {
    part.problem = sound_fault("sound_file_is_cut_off", {{"format", "MP3"}});
  }
  return part;
}

SoundPart follow_matroska(FileView& file, int64_t begin) {
  SoundPart part{.kind = FileKind::kMatroska, .begin = begin};
  // Its streams' heads may look like files of their own.
  part.end = begin + 4;
  do {
    part.end = next_beginning(file, part.end, file.size());
  } while (part.end < file.size() && strong_kind(file.bytes(part.end, kSniffBytes)) != FileKind::kMatroska && ++part.end > 0);
  // EBML: an element's size is as long as the zero bits at its front tell; all ones: not known.
  const auto size_at = [&](int64_t& at) -> std::optional<int64_t> {
    const auto head = file.bytes(at, 8);
    if (head.empty() || head[0] == 0) return std::nullopt;
    size_t len = 1;
    while ((head[0] & (0x80 >> (len - 1))) == 0) ++len;
    if (head.size() < len) return std::nullopt;
    int64_t value = head[0] & (0x7F >> (len - 1));
    for (size_t i = 1; i < len; ++i) value = value << 8 | head[i];
    at += static_cast<int64_t>(len);
    const int64_t unknown = (int64_t{1} << (7 * len)) - 1;
    return value == unknown ? std::nullopt : std::optional<int64_t>(value);
  };
  int64_t at = begin + 4;
  const auto head = size_at(at);
  if (!head || !file.has(at + *head, "\x18\x53\x80\x67")) return part;
  at += *head + 4;
  const auto segment = size_at(at);
  if (segment && *segment <= file.size() - at) part.end = at + *segment;
  if (segment && *segment > file.size() - at) {
    part.problem = sound_fault("sound_file_is_cut_off", {{"format", "WebM"}});
  }
  return part;
}

SoundPart follow(FileView& file, FileKind kind, int64_t begin) {
  switch (kind) {
    case FileKind::kWav:
    case FileKind::kAiff:
    case FileKind::kCaf:
      return follow_chunks(file, kind, begin);
    case FileKind::kOgg:
      return follow_ogg(file, begin);
    case FileKind::kMp4:
      return follow_mp4(file, begin);
    case FileKind::kMatroska:
      return follow_matroska(file, begin);
    case FileKind::kMpeg:
      return follow_mpeg(file, begin, file.size());
    default:
      return {.kind = kind, .begin = begin, .end = next_beginning(file, begin + 4, file.size())};
  }
}

FileKind kind_at(FileView& file, int64_t at) {
  const auto head = file.bytes(at, kSniffBytes);
  const FileKind kind = strong_kind(head);
  if (kind != FileKind::kUnknown) return kind;
  return mpeg_stream_begins(file, at) ? FileKind::kMpeg : FileKind::kUnknown;
}

// The kind of the file that begins behind the tags at its front, where a few bytes are enough.
FileKind first_kind(FileView& file, int64_t at) {
  if (const FileKind kind = file_kind(file.bytes(at, kSniffBytes)); kind != FileKind::kUnknown) return kind;
  return mpeg_frame(file.bytes(at, kSniffBytes)) ? FileKind::kMpeg : FileKind::kUnknown;
}

// What an MP3 in WAV's clothes holds: one part for each stream.
void add_part(FileView& file, SoundPart part, std::vector<SoundPart>& parts) {
  if (part.kind != FileKind::kMpeg || part.samples) return parts.push_back(std::move(part));
  for (int64_t at = next_beginning(file, part.begin, part.end, true); at < part.end;) {
    if (mpeg_stream_begins(file, at)) {
      parts.push_back(follow_mpeg(file, at, part.end));
      at = std::max(parts.back().end - 1, at);
    }
    at = next_beginning(file, at + 1, part.end, true);
  }
}

bool may_be_tag(std::span<const uint8_t> head) {
  if (head.size() < 2) return false;
  const uint8_t second = head[1];
  return (head[0] == 'I' && second == 'D') || (head[0] == 'A' && second == 'P') || (head[0] == 'L' && second == 'Y');
}

}  // namespace

int64_t next_beginning(FileView& file, int64_t from, int64_t end, bool mpeg) {
  std::vector<uint8_t> piece;
  for (int64_t at = from; at < end;) {
    const auto read = file.bytes(at, FileView::kCacheBytes / 2);
    piece.assign(read.begin(), read.end());  // the checks below read elsewhere
    if (piece.empty()) return end;
    const bool last = at + static_cast<int64_t>(piece.size()) >= file.size();
    if (!last && piece.size() <= kSniffBytes) return end;
    const size_t count = last ? piece.size() : piece.size() - kSniffBytes;
    const std::span<const uint8_t> bytes(piece);
    for (size_t i = 0; i < count; ++i) {
      const auto head = bytes.subspan(i, std::min(kSniffBytes, bytes.size() - i));
      const int64_t here = at + static_cast<int64_t>(i);
      const bool frame = mpeg && head.size() >= 2 && head[0] == 0xFF && head[1] >= 0xE0 && mpeg_stream_begins(file, here);
      const bool tag = mpeg && may_be_tag(head) && tag_bytes(file, here) > 0;
      if (frame || tag || strong_kind(head) != FileKind::kUnknown) return std::min(here, end);
    }
    at += static_cast<int64_t>(count);
  }
  return end;
}

tl::expected<std::vector<SoundPart>, SoundFault> find_parts(FileView& file) {
  cut_end_tags(file);
  int64_t at = 0;
  for (int64_t tag = tag_bytes(file, at); tag > 0; tag = tag_bytes(file, at)) at += tag;
  if (at >= file.size()) return tl::unexpected(sound_fault("sound_file_ends_before_the_sound"));

  std::vector<SoundPart> parts;
  const FileKind first = first_kind(file, at);
  if (first != FileKind::kUnknown && (first != FileKind::kMpeg || mpeg_stream_begins(file, at))) {
    add_part(file, follow(file, first, at), parts);
    if (parts.empty())
      return tl::unexpected(sound_fault("sound_file_holds_no_sound", {{"format", std::string(kind_name(first))}}));
    at = parts.back().end;
  } else if (const std::string_view foreign = foreign_fault(file.bytes(at, kSniffBytes)); !foreign.empty()) {
    return tl::unexpected(sound_fault(foreign));
  }
  // Whatever is no beginning is junk.
  while (parts.size() <= kMaxParts) {
    at = next_beginning(file, at, file.size(), true);
    if (at >= file.size()) break;
    const size_t before = parts.size();
    if (const int64_t tag = tag_bytes(file, at); tag > 0) {
      at += tag;
    } else {
      add_part(file, follow(file, kind_at(file, at), at), parts);
      at = parts.size() > before ? std::max(parts.back().end, at + 1) : at + 1;
    }
  }
  if (file.exhausted()) {
    return tl::unexpected(sound_fault("sound_file_takes_too_much_work"));
  }
  if (parts.size() > kMaxParts) {
    return tl::unexpected(sound_fault("sound_file_has_too_many_pieces", {{"most", std::to_string(kMaxParts)}}));
  }
  if (!parts.empty()) return parts;
  if (first == FileKind::kMpeg) {
    return tl::unexpected(sound_fault("sound_file_is_something_else", {{"format", "MP3"}}));
  }
  // The library that decodes knows more kinds than this.
  parts.push_back({.kind = FileKind::kOther, .begin = 0, .end = file.size()});
  return parts;
}

}  // namespace roundelay
