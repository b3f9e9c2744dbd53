#include "server/jobs/song_tags.h"

#include <sys/stat.h>
#include <taglib/audioproperties.h>
#include <taglib/fileref.h>
#include <taglib/tiostream.h>
#include <taglib/tpropertymap.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>

namespace roundelay {
namespace {

// TagLib's view of a descriptor: to read alone, whatever it is asked for.
class DescriptorStream : public TagLib::IOStream {
 public:
  explicit DescriptorStream(int fd) : fd_(fd) {
    struct stat status {};
    if (fstat(fd, &status) == 0) bytes_ = status.st_size;
  }
  TagLib::FileName name() const override { return ""; }
  TagLib::ByteVector readBlock(unsigned long length) override {
    const long rest = std::max(0L, bytes_ - at_);
    TagLib::ByteVector out(static_cast<unsigned int>(std::min<unsigned long>(length, static_cast<unsigned long>(rest))), 0);
    unsigned int read = 0;
    while (read < out.size()) {
      const ssize_t n = pread(fd_, out.data() + read, out.size() - read, at_ + static_cast<long>(read));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      read += static_cast<unsigned int>(n);
    }
    out.resize(read);
    at_ += static_cast<long>(read);
    return out;
  }
  void writeBlock(const TagLib::ByteVector&) override {}
  void insert(const TagLib::ByteVector&, unsigned long, unsigned long) override {}
  void removeBlock(unsigned long, unsigned long) override {}
  bool readOnly() const override { return true; }
  bool isOpen() const override { return true; }
  void seek(long offset, Position from) override {
    const long base = from == Beginning ? 0 : from == Current ? at_ : bytes_;
    at_ = base + std::clamp(offset, -base, bytes_ - base);
  }
  void clear() override {}
  long tell() const override { return at_; }
  long length() override { return bytes_; }
  void truncate(long) override {}

 private:
  int fd_;
  long bytes_ = 0;
  long at_ = 0;
};

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
  DescriptorStream stream(fd);
  const TagLib::FileRef file(&stream);
  if (file.isNull()) return std::nullopt;
  const TagLib::PropertyMap map = file.file()->properties();
  SongTags out{.title = text_of(map, "TITLE"),
               .artist = text_of(map, "ARTIST"),
               .album = text_of(map, "ALBUM"),
               .genre = text_of(map, "GENRE"),
               .key = text_of(map, "INITIALKEY"),
               .language = text_of(map, "LANGUAGE"),
               .licence = text_of(map, "LICENSE"),
               .words = text_of(map, "LYRICS", kMostTagWordsBytes),
               .disc = number_of(map, "DISCNUMBER", 1, 999),
               .track = number_of(map, "TRACKNUMBER", 1, 9'999),
               .year = number_of(map, "DATE", 1, 9'999)};
  if (out.artist.empty()) out.artist = text_of(map, "ALBUMARTIST");
  if (out.licence.empty()) out.licence = text_of(map, "COPYRIGHT");
  if (const auto bpm = number_of(map, "BPM", 20, 400)) out.tempo_bpm = *bpm;
  if (const auto* sound = file.audioProperties(); sound != nullptr && sound->lengthInMilliseconds() > 0) {
    out.length_ms = sound->lengthInMilliseconds();
  }
  return out;
}

}  // namespace roundelay
