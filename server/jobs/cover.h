// A cover of the song library: a picture in the sizes in which it is shown, one behind the other in a file of our own. Pure; for
// the worker's process, since the picture is foreign.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/sentences.h"

namespace roundelay {

// Of the longer side, pixels. A picture that is smaller stays as it is.
inline constexpr std::array<int, 2> kCoverSides = {160, 640};

// Where a size lies, and its own pixels. WebP.
struct CoverPart {
  int64_t offset = 0;
  int64_t bytes = 0;
  int width = 0;
  int height = 0;
};

struct Cover {
  std::vector<uint8_t> file = {};
  std::array<CoverPart, kCoverSides.size()> parts = {};  // by kCoverSides; equal ones lie there once
};

// Of a PNG, JPEG or WebP. The error is a sentence for her who brought it. Throws std::bad_alloc.
[[nodiscard]] tl::expected<Cover, Sentence> make_cover(std::span<const uint8_t> picture);

}  // namespace roundelay
