// What kind of sound file begins at some place, by its first bytes, before a decoder is let near it. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace roundelay {

// kMpeg: MP3 and its like, AAC as ADTS; they have no first bytes of their own (mpeg_frames.h). kOther: less usual kinds, which
// the decoder's library tells apart.
enum class FileKind { kUnknown, kWav, kAiff, kCaf, kFlac, kOgg, kMpeg, kMp4, kMatroska, kAsf, kOther };

inline constexpr size_t kSniffBytes = 64;  // as many as these functions look at

// Of a file that begins with these bytes (behind any ID3 tag).
[[nodiscard]] FileKind file_kind(std::span<const uint8_t> head);
// The same for a place within a file, where fewer bytes could be an accident.
[[nodiscard]] FileKind strong_kind(std::span<const uint8_t> head);
// The code of the fault (sound_fault.h) of a well-known file that holds no sound; empty if it is none of them.
[[nodiscard]] std::string_view foreign_fault(std::span<const uint8_t> head);
// "WAV", "MP4", ... ; "sound" if it is unknown.
[[nodiscard]] std::string_view kind_name(FileKind kind);

// The length in bytes of the ID3v2 tag that begins here, 0 if there is none (ID3v2.4 structure, section 3.1).
[[nodiscard]] int64_t id3_tag_bytes(std::span<const uint8_t> head);

}  // namespace roundelay
