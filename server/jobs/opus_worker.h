// The worker that makes a song's Opus file for slow lines, shut in by worker_sandbox.h. Its title, artist and album are those of
// the file's own tags: the file made belongs to the content, whatever the songs are called that have it.
#pragma once

#include "server/jobs/worker_report.h"

namespace roundelay {

// Call from the single thread of a fresh process, which must then end by _exit() with what this returns. `in_fd`: the song's
// file. `out_fd`: an empty file to read and write. The last line of the report is
// {"ok":true,"seconds":..,"channels":..,"bytes":.., "sha256":".."} (of what was written) or {"ok":false,"error":..}.
[[nodiscard]] int run_opus_worker(int in_fd, int out_fd, int report_fd, int kbits);

}  // namespace roundelay
