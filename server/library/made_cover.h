// A cover as a file of the library: where its sizes lie in it.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "server/jobs/cover.h"

namespace roundelay {

// The kind of such a file, as `files` has it.
inline constexpr const char* kCoverKind = "cover";

struct CoverStretch {
  int64_t first = 0;
  int64_t bytes = 0;
};

struct MadeCover {
  std::string hash = {};  // SHA-256 of the file, in hex
  int64_t bytes = 0;      // of the file
  std::array<CoverStretch, kCoverSides.size()> sizes = {};
};

}  // namespace roundelay
