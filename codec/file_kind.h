// What kind of file an upload is, by its first bytes, before a decoder is let near it. Pure, but for the walk over a WAV
// file's chunks, which reads from a file descriptor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace roundelay {

enum class FileKind { kUnknown, kWav, kFlac, kOgg, kMp3 };

inline constexpr std::string_view kAllowedFormats = "WAV, FLAC, Ogg Vorbis, Opus and MP3";
inline constexpr size_t kSniffBytes = 64;  // as many as file_kind() and the like look at

// By the bytes at the start of the file, behind any ID3 tag.
[[nodiscard]] FileKind file_kind(std::span<const uint8_t> head);

// "an M4A or MP4 file" and so on, for well-known files that are not allowed; empty if it is none of them.
[[nodiscard]] std::string_view foreign_kind(std::span<const uint8_t> head);

// The length in bytes of the ID3v2 tag that begins here, 0 if there is none (ID3v2.4 structure, section 3.1).
[[nodiscard]] int64_t id3_tag_bytes(std::span<const uint8_t> head);

// True if the first frame of an MP3 file, which begins here, holds a Xing, Info or VBRI header that counts the frames.
[[nodiscard]] bool mp3_states_length(std::span<const uint8_t> head);

// True if the data chunk of the WAV or RF64 file that begins at `begin` goes on beyond `size`, the end of the file.
// Lengths that programs write when they do not know (0, or close to 2 or 4 GiB) say nothing.
[[nodiscard]] bool wav_is_cut_off(int fd, int64_t begin, int64_t size);

}  // namespace roundelay
