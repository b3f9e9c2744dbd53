// A picture for what has none: a colour by its name, with its first letters. Pure.
#pragma once

#include <cstdint>
#include <string>

namespace roundelay {

// SVG, `size_px` wide and high.
[[nodiscard]] std::string drawn_cover(const std::string& name, int64_t size_px);

}  // namespace roundelay
