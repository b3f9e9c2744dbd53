// WAV, RF64 (EBU Tech 3306), AIFF and CAF: chunks one after another, of which one holds the sound. Programs that write to a pipe,
// or that are ended while they write, leave lengths behind that are wrong.
#include <algorithm>
#include <array>
#include <cctype>

#include "codec/mpeg_frames.h"
#include "codec/sound_fault.h"
#include "codec/sound_parts.h"

namespace roundelay {
namespace {

constexpr size_t kMaxChunks = 10'000;
constexpr int64_t kUnknownLength = 0x7FFF'0000;  // of 32 bits: from here on
// A length that counts the header as well is no sign that something is missing.
constexpr int64_t kHeaderSlack = 512;
// So little behind the sound that is no chunk either is not what a wrong length left out.
constexpr int64_t kJunkBytes = 4'096;
constexpr int64_t kMpegTags[] = {0x50, 0x55};  // of a WAV's format: MPEG layers I and II, layer III

struct Layout {
  size_t head_bytes;  // of a chunk
  bool big_endian;
  int64_t first_at;  // the first chunk, from the beginning
  std::string_view sound;
  bool even;  // chunks begin at even places
};

Layout layout_of(FileKind kind) {
  if (kind == FileKind::kAiff) return {8, true, 12, "SSND", true};
  if (kind == FileKind::kCaf) return {12, true, 8, "data", false};
  return {8, false, 12, "data", true};
}

struct Chunk {
  std::string_view id;
  int64_t stated = 0;
};

int64_t number(std::span<const uint8_t> bytes, bool big_endian) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes.size(); ++i) value = value << 8 | bytes[big_endian ? i : bytes.size() - 1 - i];
  return static_cast<int64_t>(value);
}

std::optional<Chunk> chunk_at(FileView& file, const Layout& layout, int64_t at) {
  const auto head = file.bytes(at, layout.head_bytes);
  if (head.size() < layout.head_bytes) return std::nullopt;
  return Chunk{{reinterpret_cast<const char*>(head.data()), 4},
               number(head.subspan(4, layout.head_bytes - 4), layout.big_endian)};
}

int64_t behind(const Layout& layout, int64_t at, int64_t stated) {
  return at + static_cast<int64_t>(layout.head_bytes) + stated + (layout.even ? stated & 1 : 0);
}

// Where the chunks end that follow each other from here on without a fault, up to the end of the file or another file's
// beginning; -1 if what is here is something else.
int64_t end_of_chunks(FileView& file, const Layout& layout, int64_t at) {
  if (at >= file.size() || file.size() - at < 2) return file.size();
  if (const int64_t tag = tag_bytes(file, at); tag > 0 && at + tag >= file.size()) return at;
  for (size_t i = 0; i < kMaxChunks; ++i) {
    if (at >= file.size() || strong_kind(file.bytes(at, kSniffBytes)) != FileKind::kUnknown) return std::min(at, file.size());
    const auto chunk = chunk_at(file, layout, at);
    if (!chunk || chunk->stated < 0) return -1;
    if (!std::all_of(chunk->id.begin(), chunk->id.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; })) return -1;
    at = behind(layout, at, chunk->stated);
    if (at > file.size() + 1) return -1;
  }
  return -1;
}

BytePatch patch(int64_t at, int64_t value, size_t len, bool big_endian) {
  BytePatch made{.at = at, .len = len};
  for (size_t i = 0; i < len; ++i) {
    made.bytes[big_endian ? len - 1 - i : i] = static_cast<uint8_t>(static_cast<uint64_t>(value) >> (8 * i));
  }
  return made;
}

struct SoundChunk {
  int64_t at;  // its chunk
  int64_t body;
  int64_t stated;  // -1: not known
  bool mpeg;
};

// The sound has been found: how long it really is.
void end_sound(FileView& file, const Layout& layout, const SoundChunk& sound, SoundPart& part) {
  const int64_t rest = file.size() - sound.body;
  int64_t length = sound.stated;
  if (sound.stated > rest) {
    if (sound.stated - rest > std::min(kHeaderSlack, sound.body - part.begin)) {
      part.problem = sound_fault("sound_file_is_cut_off", {{"format", std::string(kind_name(part.kind))}});
      return;
    }
    length = rest;
  } else if (sound.stated >= 0) {
    const int64_t end = end_of_chunks(file, layout, behind(layout, sound.at, sound.stated));
    const int64_t stated_end = sound.body + sound.stated;
    const bool junk = end < 0 && sound.stated > 0 && next_beginning(file, stated_end, file.size()) - stated_end < kJunkBytes;
    if (end < 0 && !junk) length = -1;
    part.end = junk ? stated_end : end;
  }
  if (length < 0) {  // to the real end
    part.end = next_beginning(file, sound.body, file.size());
    length = part.end - sound.body;
  }
  if (sound.mpeg) {
    part = {.kind = FileKind::kMpeg, .begin = sound.body, .end = sound.body + length};
    return;
  }
  if (length == sound.stated) return;
  part.states_length = part.kind != FileKind::kAiff;  // AIFF says it once more elsewhere
  part.patches.push_back(patch(sound.at + 4, length, layout.head_bytes - 4, layout.big_endian));
  if (file.has(part.begin, "RF64")) part.patches.push_back({.at = part.begin, .bytes = {'R', 'I', 'F', 'F'}, .len = 4});
  if (layout.first_at == 12) part.patches.push_back(patch(part.begin + 4, part.end - part.begin - 8, 4, layout.big_endian));
}

}  // namespace

SoundPart follow_chunks(FileView& file, FileKind kind, int64_t begin) {
  const Layout layout = layout_of(kind);
  SoundPart part{.kind = kind, .begin = begin, .end = file.size()};
  int64_t long_sound = -1;  // RF64: the length of the sound is in the chunk "ds64"
  bool mpeg = false;
  int64_t at = begin + layout.first_at;
  for (size_t chunks = 0; chunks < kMaxChunks; ++chunks) {
    const auto chunk = chunk_at(file, layout, at);
    if (!chunk) break;
    const std::string id(chunk->id);
    const int64_t body = at + static_cast<int64_t>(layout.head_bytes);
    if (id == layout.sound) {
      int64_t stated = chunk->stated;
      if (kind == FileKind::kWav && stated == 0xFFFF'FFFF && long_sound >= 0) {
        stated = long_sound;
      } else if (kind != FileKind::kCaf && stated >= kUnknownLength && stated > file.size() - body) {
        stated = -1;
      }
      end_sound(file, layout, {at, body, stated, mpeg}, part);
      return part;
    }
    if (id == "ds64" && kind == FileKind::kWav) {
      const auto bytes = file.bytes(body + 8, 8);
      if (bytes.size() == 8) long_sound = number(bytes, false) & INT64_MAX;
    } else if (id == "fmt " && kind == FileKind::kWav) {
      const auto tag = file.bytes(body, 2);
      mpeg = tag.size() == 2 && std::count(std::begin(kMpegTags), std::end(kMpegTags), number(tag, false)) > 0;
    }
    if (chunk->stated < 0) break;
    at = behind(layout, at, chunk->stated);
  }
  part.problem = sound_fault("sound_file_is_something_else", {{"format", std::string(kind_name(kind))}});
  return part;
}

}  // namespace roundelay
