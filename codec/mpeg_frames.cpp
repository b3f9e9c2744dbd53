#include "codec/mpeg_frames.h"

#include <algorithm>
#include <array>

#include "codec/sound_parts.h"

namespace roundelay {
namespace {

constexpr size_t kFrameHeadBytes = 192;
constexpr int kAac = 4;
constexpr int kFramesOfAStream = 4;  // that follow each other: no accident
// Less than this between two frames is what is left of one that was cut where files were joined.
constexpr int64_t kHoleBytes = 4'096;

constexpr std::array<std::array<int, 16>, 5> kBitrates = {{
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0},  // MPEG 1, layer I
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0},     // layer II
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},      // layer III
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0},     // MPEG 2, layer I
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},          // layers II and III
}};
constexpr std::array<int, 3> kRates = {44'100, 48'000, 32'000};
constexpr std::array<int, 13> kAacRates = {96'000, 88'200, 64'000, 48'000, 44'100, 32'000, 24'000,
                                           22'050, 16'000, 12'000, 11'025, 8'000,  7'350};

std::optional<MpegFrame> adts_frame(std::span<const uint8_t> head) {
  if (head.size() < 7 || (head[1] & 0xF6) != 0xF0) return std::nullopt;
  const size_t rate = (head[2] >> 2) & 15;
  MpegFrame frame;
  frame.bytes = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5;
  if (rate >= kAacRates.size() || frame.bytes < 8) return std::nullopt;
  frame.layer = kAac;
  frame.version = (head[1] >> 3) & 1;
  frame.rate = kAacRates[rate];
  frame.samples = 1'024 * ((head[6] & 3) + 1);
  return frame;
}

uint32_t big_endian(std::span<const uint8_t> bytes) {
  return static_cast<uint32_t>(bytes[0]) << 24 | static_cast<uint32_t>(bytes[1]) << 16 | static_cast<uint32_t>(bytes[2]) << 8 |
         bytes[3];
}

// Xing, Info (both with LAME's fields behind, if it wrote them) and VBRI: behind the frame's header and side information, whose
// length depends on version and channels; VBRI always as if stereo.
void read_length_header(std::span<const uint8_t> head, MpegFrame& frame) {
  constexpr size_t kEncoderAt = 120;
  constexpr size_t kDelayAt = 141;
  for (const size_t at : {13, 21, 36}) {
    if (!starts_with(head, "Xing", at) && !starts_with(head, "Info", at)) continue;
    frame.states_length = true;
    if (head.size() >= at + 12 && (head[at + 7] & 1) != 0) frame.stated_frames = big_endian(head.subspan(at + 8, 4));
    const bool has_padding = starts_with(head, "LAME", at + kEncoderAt) || starts_with(head, "Lav", at + kEncoderAt);
    if (has_padding && head.size() >= at + kDelayAt + 3) {
      const auto bytes = head.subspan(at + kDelayAt, 3);
      frame.padding = (bytes[0] << 4 | bytes[1] >> 4) + ((bytes[1] & 15) << 8 | bytes[2]);
    }
    return;
  }
  if (!starts_with(head, "VBRI", 36)) return;
  frame.states_length = true;
  if (head.size() >= 54) frame.stated_frames = big_endian(head.subspan(50, 4));
}

}  // namespace

std::optional<MpegFrame> mpeg_frame(std::span<const uint8_t> head) {
  if (head.size() < 4 || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0) return std::nullopt;
  const int version = (head[1] >> 3) & 3;  // 0: 2.5, 2: 2, 3: 1
  const int layer = 4 - ((head[1] >> 1) & 3);
  if (layer == 4) return adts_frame(head);
  const size_t bitrate = head[2] >> 4;
  const size_t rate = (head[2] >> 2) & 3;
  if (version == 1 || bitrate == 0 || bitrate == 15 || rate == 3) return std::nullopt;
  MpegFrame frame;
  frame.layer = layer;
  frame.version = version;
  frame.rate = kRates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  const size_t table = version == 3 ? static_cast<size_t>(layer - 1) : layer == 1 ? 3 : 4;
  const int64_t bits_per_s = int64_t{kBitrates[table][bitrate]} * 1'000;
  const int padding = (head[2] >> 1) & 1;
  if (layer == 1) {
    frame.samples = 384;
    frame.bytes = (12 * bits_per_s / frame.rate + padding) * 4;
  } else {
    frame.samples = layer == 3 && version != 3 ? 576 : 1'152;
    frame.bytes = frame.samples / 8 * bits_per_s / frame.rate + padding;
  }
  if (layer == 3) read_length_header(head, frame);
  return frame;
}

int64_t tag_bytes(FileView& file, int64_t at) {
  if (file.has(at, "TAG") && at + 128 == file.size()) return 128;
  if (const int64_t id3 = id3_tag_bytes(file.bytes(at, 10)); id3 > 0) return id3;
  if (file.has(at, "APETAGEX")) {
    const auto head = file.bytes(at, 32);
    if (head.size() < 32) return 0;
    const int64_t size = head[12] | head[13] << 8 | head[14] << 16 | int64_t{head[15]} << 24;
    const bool is_header = (head[23] & 0x20) != 0;
    return is_header ? size + 32 : 32;
  }
  if (file.has(at, "LYRICSBEGIN")) {
    const auto text = file.bytes(at, 64 << 10);
    constexpr std::string_view kEnd = "LYRICS200";
    const auto found = std::search(text.begin(), text.end(), kEnd.begin(), kEnd.end());
    if (found != text.end()) return found - text.begin() + static_cast<int64_t>(kEnd.size());
  }
  return 0;
}

bool mpeg_stream_begins(FileView& file, int64_t at) {
  const auto first = mpeg_frame(file.bytes(at, kFrameHeadBytes));
  if (!first) return false;
  int64_t next = at + first->bytes;
  for (int frames = 1; frames < kFramesOfAStream; ++frames) {
    if (next == file.size() || tag_bytes(file, next) > 0) return true;
    const auto frame = mpeg_frame(file.bytes(next, kFrameHeadBytes));
    if (!frame || !frame->goes_with(*first)) return false;
    next += frame->bytes;
    if (next > file.size()) return frames >= 2 || at == 0;  // the last one is cut
  }
  return true;
}

namespace {

MpegStream follow_frames(FileView& file, int64_t begin, int64_t end) {
  MpegStream stream;
  const auto first = mpeg_frame(file.bytes(begin, kFrameHeadBytes));
  if (!first) return stream;
  stream.rate = first->rate;
  stream.layer = first->layer;
  stream.stated_frames = first->stated_frames;
  stream.end = begin;
  for (int64_t at = begin; at < end;) {
    const auto frame = mpeg_frame(file.bytes(at, kFrameHeadBytes));
    const bool whole = frame && at + frame->bytes <= end;
    if (whole && frame->goes_with(*first)) {
      if (frame->states_length && at != begin) return stream;  // of the file that is joined on
      if (!frame->states_length) {
        stream.samples += frame->samples;
        ++stream.frames;
      }
      at += frame->bytes;
      stream.end = at;
      continue;
    }
    // A tag, the rest of a frame, a hole, another stream, or the end.
    int64_t tags = 0;
    int64_t next = next_beginning(file, at, end, true);
    for (int64_t tag = 0; next < end && (tag = tag_bytes(file, next)) > 0; next = next_beginning(file, next + tag, end, true))
      tags += tag;
    if (next < end && !mpeg_stream_begins(file, next)) return stream;
    if (next >= end) return stream;
    const auto follower = mpeg_frame(file.bytes(next, kFrameHeadBytes));
    if (!follower || !follower->goes_with(*first)) return stream;
    if (next - at - tags > kHoleBytes && !stream.hole_after_samples) stream.hole_after_samples = stream.samples;
    at = next;
  }
  return stream;
}

}  // namespace

MpegStream follow_mpeg_stream(FileView& file, int64_t begin, int64_t end) {
  MpegStream stream = follow_frames(file, begin, end);
  const auto first = mpeg_frame(file.bytes(begin, kFrameHeadBytes));
  if (first) stream.samples = std::max<int64_t>(stream.samples - first->padding, 0);
  return stream;
}

}  // namespace roundelay
