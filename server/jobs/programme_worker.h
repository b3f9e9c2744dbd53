// The worker that reads a programme's ZIP, shut in by worker_sandbox.h: what it finds is decoded, so that a hole in a reader of
// ZIP, Opus or pictures harms nobody.
#pragma once

#include "server/jobs/programme_zip.h"
#include "server/jobs/worker_report.h"

namespace roundelay {

// As run_worker() (worker_main.h). What it writes: the blobs one behind the other, then {"programme", "problems"} as JSON. Its
// last line:
//   {"ok":true,"json":[offset,bytes],"blobs":[[is a score,offset,bytes,sha256], ...]}
[[nodiscard]] int run_programme_worker(int in_fd, int out_fd, int report_fd, const ProgrammeZipLimits& limits);

}  // namespace roundelay
