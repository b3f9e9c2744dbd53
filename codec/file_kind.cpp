#include "codec/file_kind.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "codec/track_format.h"

namespace roundelay {
namespace {

using track_format::load_u32;
using track_format::load_u64;

constexpr int64_t kUnknownWavLength = 0x7FFF'0000;  // from here on

bool has(std::span<const uint8_t> head, size_t at, std::string_view text) {
  return head.size() >= at + text.size() && std::equal(text.begin(), text.end(), head.begin() + static_cast<std::ptrdiff_t>(at),
                                                       [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

// A frame header of MPEG 1, 2 or 2.5 layer III (ISO 11172-3, section 2.4.1.3).
bool is_mp3_frame(std::span<const uint8_t> head) {
  if (head.size() < 4 || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0) return false;
  const int version = (head[1] >> 3) & 3;
  const int layer = (head[1] >> 1) & 3;
  const int bitrate = head[2] >> 4;
  const int rate = (head[2] >> 2) & 3;
  return version != 1 && layer == 1 && bitrate != 15 && rate != 3;
}

template <size_t N>
bool read_at(int fd, int64_t at, std::array<uint8_t, N>& bytes) {
  return pread(fd, bytes.data(), N, at) == static_cast<ssize_t>(N);
}

}  // namespace

FileKind file_kind(std::span<const uint8_t> head) {
  if ((has(head, 0, "RIFF") || has(head, 0, "RF64")) && has(head, 8, "WAVE")) return FileKind::kWav;
  if (has(head, 0, "fLaC")) return FileKind::kFlac;
  if (has(head, 0, "OggS")) return FileKind::kOgg;
  if (is_mp3_frame(head)) return FileKind::kMp3;
  return FileKind::kUnknown;
}

std::string_view foreign_kind(std::span<const uint8_t> head) {
  if (has(head, 4, "ftyp")) return "an M4A, MP4 or QuickTime file";
  if (has(head, 0, "FORM")) return "an AIFF file";
  if (has(head, 0, "\x30\x26\xB2\x75")) return "a Windows Media file";
  if (has(head, 0, "\x1A\x45\xDF\xA3")) return "a WebM or Matroska file";
  if (has(head, 0, "MThd")) return "a MIDI file";
  if (has(head, 0, "caff")) return "a Core Audio file";
  if (has(head, 0, "RIFF")) return "a RIFF file other than WAV";
  if (head.size() >= 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0) return "an AAC file";
  return {};
}

int64_t id3_tag_bytes(std::span<const uint8_t> head) {
  if (head.size() < 10 || !has(head, 0, "ID3") || head[3] == 0xFF || head[4] == 0xFF) return 0;
  int64_t length = 0;
  for (size_t i = 6; i < 10; ++i) {
    if (head[i] >= 0x80) return 0;
    length = length << 7 | head[i];
  }
  const bool footer = (head[5] & 0x10) != 0;
  return length + (footer ? 20 : 10);
}

bool mp3_states_length(std::span<const uint8_t> head) {
  // Behind the frame's header and side information, whose length depends on version and channels; VBRI always as if stereo.
  for (const size_t at : {13, 21, 36}) {
    const bool tagged = has(head, at, "Xing") || has(head, at, "Info");
    if (tagged && head.size() >= at + 8 && (head[at + 7] & 1) != 0) return true;
  }
  return has(head, 36, "VBRI");
}

bool wav_is_cut_off(int fd, int64_t begin, int64_t size) {
  int64_t long_data = -1;  // RF64: the length of the data chunk is in the chunk "ds64" (EBU Tech 3306)
  std::array<uint8_t, 8> chunk{};
  for (int64_t at = begin + 12; read_at(fd, at, chunk);) {
    const int64_t stated = load_u32(&chunk[4]);
    if (has(chunk, 0, "ds64")) {
      std::array<uint8_t, 8> data_length{};
      if (read_at(fd, at + 16, data_length)) long_data = static_cast<int64_t>(load_u64(data_length.data()) & INT64_MAX);
    }
    if (has(chunk, 0, "data")) {
      if (stated == 0xFFFF'FFFF && long_data >= 0) return long_data > size - at - 8;
      return stated < kUnknownWavLength && stated > size - at - 8;
    }
    at += 8 + stated + (stated & 1);
  }
  return false;
}

}  // namespace roundelay
