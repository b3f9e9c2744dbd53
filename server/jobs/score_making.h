// Makes a score of a file that somebody uploaded: the pages as pictures of our own, one behind the other in a blob. The file is
// foreign: for the worker's process alone.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/sentences.h"

namespace roundelay {

struct ScoreLimits {
  int64_t max_bytes = 20'000'000;  // of the file
  int max_pages = 40;
  int64_t cpu_seconds = 90;  // a drawn page takes about half a second, its encoding included
};

// Where a page lies in the blob, and its size in pixels. WebP.
struct MadePage {
  int64_t offset = 0;
  int64_t bytes = 0;
  int width = 0;
  int height = 0;
};

// Reads `in_fd` from its beginning, writes the blob to `out_fd`. `progress` is told the share that is done, growing to 1. The
// error is a sentence for her who uploaded it. Throws std::bad_alloc.
[[nodiscard]] tl::expected<std::vector<MadePage>, Sentence> make_score(int in_fd, int out_fd, const ScoreLimits& limits,
                                                                       const std::function<void(double)>& progress);

}  // namespace roundelay
