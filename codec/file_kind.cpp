#include "codec/file_kind.h"

#include <algorithm>

#include "codec/file_view.h"

namespace roundelay {
namespace {

constexpr std::string_view kAsfHead("\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", 16);
constexpr std::string_view kWave64Head("riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\x00\x00", 16);
constexpr std::string_view kEbmlHead = "\x1A\x45\xDF\xA3";
constexpr uint8_t kOggFirstPage = 2;

bool contains(std::span<const uint8_t> head, std::string_view text) {
  return std::search(head.begin(), head.end(), text.begin(), text.end(),
                     [](uint8_t a, char b) { return a == static_cast<uint8_t>(b); }) != head.end();
}

}  // namespace

FileKind strong_kind(std::span<const uint8_t> head) {
  if (head.size() < 12) return FileKind::kUnknown;
  switch (head[0]) {
    case 'R':
      if ((starts_with(head, "RIFF") || starts_with(head, "RF64")) && starts_with(head, "WAVE", 8)) return FileKind::kWav;
      break;
    case 'F':
      if (starts_with(head, "FORM") && starts_with(head, "AIF", 8)) return FileKind::kAiff;
      break;
    case 'f':
      if (starts_with(head, "fLaC") && (head[4] & 0x7F) == 0 && head[5] == 0 && head[6] == 0 && head[7] == 34)
        return FileKind::kFlac;
      break;
    case 'O':
      if (starts_with(head, "OggS") && head[4] == 0 && head[5] == kOggFirstPage) return FileKind::kOgg;
      break;
    case 'c':
      if (starts_with(head, "caff") && starts_with(head, std::string_view("\0\1\0\0desc", 8), 4)) return FileKind::kCaf;
      break;
    case 0x1A:
      if (starts_with(head, kEbmlHead) && (contains(head, "webm") || contains(head, "matroska"))) return FileKind::kMatroska;
      break;
    case 0x30:
      if (starts_with(head, kAsfHead)) return FileKind::kAsf;
      break;
    case 'r':
      if (starts_with(head, kWave64Head)) return FileKind::kOther;
      break;
    default:
      break;
  }
  if (head[0] == 0 && starts_with(head, "ftyp", 4)) return FileKind::kMp4;
  return FileKind::kUnknown;
}

FileKind file_kind(std::span<const uint8_t> head) {
  if (const FileKind kind = strong_kind(head); kind != FileKind::kUnknown) return kind;
  if (starts_with(head, "RIFF") && starts_with(head, "RMP3", 8)) return FileKind::kWav;
  if (starts_with(head, "fLaC")) return FileKind::kFlac;
  if (starts_with(head, "OggS")) return FileKind::kOgg;
  if (starts_with(head, "caff")) return FileKind::kCaf;
  if (starts_with(head, kEbmlHead)) return FileKind::kMatroska;
  for (const std::string_view box : {"moov", "mdat", "wide", "pnot", "skip", "free"}) {
    if (starts_with(head, box, 4)) return FileKind::kMp4;  // QuickTime before there was "ftyp"
  }
  return FileKind::kUnknown;
}

std::string_view foreign_fault(std::span<const uint8_t> head) {
  if (starts_with(head, "MThd")) return "midi_is_no_sound";
  if (starts_with(head, "%PDF")) return "pdf_is_no_sound";
  if (starts_with(head, "PK\x03\x04")) return "zip_is_no_sound";
  if (starts_with(head, "\x89PNG") || starts_with(head, "\xFF\xD8\xFF") || starts_with(head, "GIF8"))
    return "picture_is_no_sound";
  return {};
}

std::string_view kind_name(FileKind kind) {
  switch (kind) {
    case FileKind::kWav:
      return "WAV";
    case FileKind::kAiff:
      return "AIFF";
    case FileKind::kCaf:
      return "CAF";
    case FileKind::kFlac:
      return "FLAC";
    case FileKind::kOgg:
      return "Ogg";
    case FileKind::kMpeg:
      return "MP3";
    case FileKind::kMp4:
      return "MP4";
    case FileKind::kMatroska:
      return "WebM";
    case FileKind::kAsf:
      return "Windows Media";
    case FileKind::kOther:
    case FileKind::kUnknown:
      break;
  }
  return "sound";
}

int64_t id3_tag_bytes(std::span<const uint8_t> head) {
  if (head.size() < 10 || !starts_with(head, "ID3") || head[3] == 0xFF || head[4] == 0xFF) return 0;
  int64_t length = 0;
  for (size_t i = 6; i < 10; ++i) {
    if (head[i] >= 0x80) return 0;
    length = length << 7 | head[i];
  }
  const bool footer = (head[5] & 0x10) != 0;
  return length + (footer ? 20 : 10);
}

}  // namespace roundelay
