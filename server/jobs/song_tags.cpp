#include "server/jobs/song_tags.h"

#include <taglib/audioproperties.h>
#include <taglib/fileref.h>
#include <taglib/tpropertymap.h>

#include <charconv>
#include <cmath>

#include "server/jobs/asf_lists.h"
#include "server/jobs/descriptor_stream.h"

namespace roundelay {
namespace {

std::string text_of(const TagLib::PropertyMap& map, const char* name, size_t most_bytes = kMostTagBytes) {
  const auto found = map.find(name);
  if (found == map.end() || found->second.isEmpty()) return {};
  std::string out = found->second.front().to8Bit(true);
  return out.size() <= most_bytes ? out : std::string();
}

// The number that a text begins with: "3/12" is 3, "2019-05-01" is 2019.
std::optional<int> number_of(const TagLib::PropertyMap& map, const char* name, int least, int most) {
  const std::string text = text_of(map, name);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < least || value > most) return std::nullopt;
  return value;
}

}  // namespace

std::optional<SongTags> read_song_tags(int fd) {
  if (!asf_lists_fit(fd)) return std::nullopt;
  DescriptorStream stream(fd);
  const TagLib::FileRef file(&stream);
  if (file.isNull()) return std::nullopt;
  const TagLib::PropertyMap map = file.file()->properties();
  SongTags out{.title = text_of(map, "TITLE"),
               .artist = text_of(map, "ARTIST"),
               .album = text_of(map, "ALBUM"),
               .album_artist = text_of(map, "ALBUMARTIST"),
               .genre = text_of(map, "GENRE"),
               .key = text_of(map, "INITIALKEY"),
               .language = text_of(map, "LANGUAGE"),
               .licence = text_of(map, "LICENSE"),
               .words = text_of(map, "LYRICS", kMostTagWordsBytes),
               .disc = number_of(map, "DISCNUMBER", 1, 999),
               .track = number_of(map, "TRACKNUMBER", 1, 9'999),
               .year = number_of(map, "DATE", 1, 9'999)};
  if (out.artist.empty()) out.artist = out.album_artist;
  if (out.album_artist.empty() && text_of(map, "COMPILATION") == "1") out.album_artist = "Various Artists";
  if (out.licence.empty()) out.licence = text_of(map, "COPYRIGHT");
  if (const auto bpm = number_of(map, "BPM", 20, 400)) out.tempo_bpm = *bpm;
  if (const auto* sound = file.audioProperties(); sound != nullptr && sound->lengthInMilliseconds() > 0) {
    out.length_ms = sound->lengthInMilliseconds();
  }
  return out;
}

}  // namespace roundelay
