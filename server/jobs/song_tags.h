// What a sound file says of itself (ID3, Vorbis comments, MP4 atoms), read by TagLib. The file is foreign: for the worker's
// process alone.
#pragma once

#include <optional>
#include <string>

namespace roundelay {

// Longer texts are left out: nobody's title is that long.
inline constexpr size_t kMostTagBytes = 1'000;
inline constexpr size_t kMostTagWordsBytes = 48 * 1024;

// UTF-8. Empty, or nothing: the file does not say.
struct SongTags {
  std::string title = {};
  std::string artist = {};
  std::string album = {};
  std::string album_artist = {};  // "Various Artists" too where it is only said to be a compilation
  std::string genre = {};
  std::string key = {};
  std::string language = {};
  std::string licence = {};
  std::string words = {};
  std::optional<int> disc = {};
  std::optional<int> track = {};
  std::optional<int> year = {};
  std::optional<double> tempo_bpm = {};
  std::optional<int> length_ms = {};
};

// Of the file behind a descriptor, which is read from its beginning and is not closed. Nothing: TagLib knows no such file, or
// it claims more than it holds (asf_lists.h). Throws
// std::bad_alloc where tags claim more than there is memory for.
[[nodiscard]] std::optional<SongTags> read_song_tags(int fd);

}  // namespace roundelay
