// The frames of MPEG audio (layers I to III, and AAC as ADTS), found by their headers, so that no junk, joint or hole in such a
// stream goes unnoticed: a decoder passes over them without a word. Pure, but for reading the file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "codec/file_view.h"

namespace roundelay {

struct MpegFrame {
  int64_t bytes = 0;
  int layer = 0;  // 1 to 3; 4: AAC
  int version = 0;
  int rate = 0;
  int samples = 0;
  bool states_length = false;  // holds a Xing, Info or VBRI header instead of sound
  int64_t stated_frames = -1;  // by that header
  int64_t padding = 0;         // samples that the encoder added before and behind the sound, by that header
  // False: they cannot be of one stream.
  [[nodiscard]] bool goes_with(const MpegFrame& other) const {
    return layer == other.layer && version == other.version && rate == other.rate;
  }
};

// By the header that these bytes begin with (ISO 11172-3, section 2.4.1.3; ISO 14496-3, section 1.A.2); free-format frames are
// not known.
[[nodiscard]] std::optional<MpegFrame> mpeg_frame(std::span<const uint8_t> head);

// Bytes of the tag that begins here (ID3v2, ID3v1, APE, Lyrics3), 0 if none does.
[[nodiscard]] int64_t tag_bytes(FileView& file, int64_t at);

// True if several frames of one stream follow each other from here on, or at least one up to the end of the file or a tag.
[[nodiscard]] bool mpeg_stream_begins(FileView& file, int64_t at);

struct MpegStream {
  int64_t end = 0;      // behind its last whole frame
  int64_t samples = 0;  // of the sound: in its frames, without the one that states the length and without the padding
  int rate = 0;
  int layer = 0;
  int64_t stated_frames = -1;  // by its first frame
  int64_t frames = 0;
  std::optional<int64_t> hole_after_samples;  // bytes are missing or damaged there
};
// Follows the stream that begins at `begin`. It ends where another one is joined on, or at the last frame.
[[nodiscard]] MpegStream follow_mpeg_stream(FileView& file, int64_t begin, int64_t end);

}  // namespace roundelay
