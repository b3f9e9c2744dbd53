// What an upload is made of: one sound file, or several joined end to end, with junk before, between and behind them; where each
// begins and really ends, whatever its header says; and what is damaged or missing in it, as far as its structure tells. A
// decoder reads over all that without a word, and the track would be shorter. Blocks: for workers, tools and tests.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "codec/file_kind.h"
#include "codec/file_view.h"
#include "codec/sound_fault.h"

namespace roundelay {

// Bytes to be read instead of those in the file: a header that lies about a length.
struct BytePatch {
  int64_t at = 0;
  std::array<uint8_t, 8> bytes{};
  size_t len = 0;
};

struct SoundPart {
  FileKind kind = FileKind::kUnknown;
  int64_t begin = 0;
  int64_t end = 0;
  std::vector<BytePatch> patches = {};
  // Samples at its own rate, where these were counted.
  std::optional<int64_t> samples = std::nullopt;
  int rate = 0;               // with `samples`
  int layer = 0;              // of MPEG audio, 4 for AAC
  bool states_length = true;  // false: what its header says of the length is known to be wrong
  std::optional<SoundFault> problem = {};
};

inline constexpr size_t kMaxParts = 1'000;

// In the order of the file. One part at least.
[[nodiscard]] tl::expected<std::vector<SoundPart>, SoundFault> find_parts(FileView& file);

// The walks over one file that begins at `begin`, in files of their own.
[[nodiscard]] SoundPart follow_chunks(FileView& file, FileKind kind, int64_t begin);  // WAV, AIFF, CAF
[[nodiscard]] SoundPart follow_ogg(FileView& file, int64_t begin);                    // one link
[[nodiscard]] SoundPart follow_mp4(FileView& file, int64_t begin);

// The first place from `from` on where a file begins for sure; `end` if none does. `mpeg`: frames of MPEG audio and tags count
// too.
[[nodiscard]] int64_t next_beginning(FileView& file, int64_t from, int64_t end, bool mpeg = false);

}  // namespace roundelay
