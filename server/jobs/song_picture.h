// The picture that a sound file carries in its tags (ID3v2 APIC, FLAC and Vorbis picture blocks, MP4 covr, ASF), found by TagLib.
// The file is foreign: for the worker's process alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/base/sentences.h"

namespace roundelay {

// Larger pictures are left out, in tags and where they are uploaded.
inline constexpr size_t kMostCoverFileBytes = 10'000'000;
// What is said of these.
[[nodiscard]] inline Sentence cover_is_too_large() {
  return phrase("cover_is_too_large", {{"most", static_cast<int64_t>(kMostCoverFileBytes / 1'000'000)}});
}

// As it lies in the file behind a descriptor, which is not closed: the front cover if there is one, else the first that begins as
// a picture that picture_reading.h knows. Empty: there is none. Throws std::bad_alloc where tags claim more than there is memory
// for.
[[nodiscard]] std::vector<uint8_t> read_song_picture(int fd);

}  // namespace roundelay
