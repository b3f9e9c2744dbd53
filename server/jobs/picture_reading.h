// Files with pictures (PNG, JPEG, WebP), decoded. They are foreign: for the worker's process alone.
#pragma once

#include <cstdint>
#include <span>

#include <tl/expected.hpp>

#include "server/base/sentences.h"
#include "server/jobs/picture.h"
#include "server/jobs/score_kind.h"

namespace roundelay {

// Turned as it is to be looked at, on white where it is transparent, and perhaps smaller already than the file has it, but with
// no side of page size smaller than kMostPageSide for that. The error is a sentence for her who uploaded it. Not for a PDF.
[[nodiscard]] tl::expected<Picture, Sentence> read_picture(std::span<const uint8_t> file, ScoreKind kind);

// Whether a page or picture of this size is neither empty nor far longer than wide.
[[nodiscard]] bool has_page_size(double width, double height);

}  // namespace roundelay
