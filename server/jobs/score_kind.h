// What a file that should be a score is, by its first bytes: names and types that others gave are not believed. Pure.
#pragma once

#include <cstdint>
#include <span>

namespace roundelay {

enum class ScoreKind { kUnknown, kPdf, kPng, kJpeg, kWebp };

[[nodiscard]] ScoreKind score_kind(std::span<const uint8_t> file);

// The orientation that a JPEG's EXIF says (1 to 8); 1 if it says none that can be.
[[nodiscard]] int jpeg_orientation(std::span<const uint8_t> file);

}  // namespace roundelay
