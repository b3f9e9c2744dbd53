#include "codec/sentences.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "codec/file_kind.h"

namespace roundelay {

std::string allowed_sentence() {
  return "Allowed are " + std::string(kAllowedFormats) + ".";
}

std::string export_again() {
  return "Please export or copy it again.";
}

std::string duration_text(double seconds) {
  std::array<char, 48> text{};
  if (seconds < 1) {
    std::snprintf(text.data(), text.size(), "%.1f seconds", seconds);
  } else {
    const auto whole = static_cast<long long>(std::min(seconds, 1e12));
    std::snprintf(text.data(), text.size(), "%lld:%02lld minutes", whole / 60, whole % 60);
  }
  return text.data();
}

std::string size_text(int64_t bytes) {
  std::array<char, 48> text{};
  const auto size = static_cast<double>(bytes);
  if (bytes < 1'000) {
    std::snprintf(text.data(), text.size(), "%d bytes", static_cast<int>(bytes));
  } else if (bytes < 1'000'000) {
    std::snprintf(text.data(), text.size(), "%.0f kB", size / 1e3);
  } else {
    // One digit more, and upwards, where the size is so near a whole number that limit and size would read the same.
    const bool whole = bytes % 1'000'000 == 0;
    std::snprintf(text.data(), text.size(), whole ? "%.0f MB" : "%.1f MB", whole ? size / 1e6 : std::ceil(size / 1e5) / 10);
  }
  return text.data();
}

}  // namespace roundelay
