// The worker that makes a cover, of a picture or of the one in a sound file's tags, shut in by worker_sandbox.h, so that a hole
// in a reader of these harms nobody.
#pragma once

#include "server/jobs/worker_report.h"

namespace roundelay {

enum class CoverSource {
  kSong,     // a sound file. Without a picture that can be read it has none, and nothing is at fault
  kPicture,  // that somebody brought: what is wrong with it is said
};

// As run_worker() (worker_main.h), with this as its last line; the parts are those of Cover::parts:
//   {"ok":true,"cover":{"parts":[[offset,bytes,width,height], ...],"bytes":..,"sha256":".."}}
//   {"ok":true}    and nothing written: of a song that has none
// What was written is synced.
[[nodiscard]] int run_cover_worker(int in_fd, int out_fd, int report_fd, CoverSource source);

}  // namespace roundelay
