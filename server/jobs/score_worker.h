// The worker that makes a score of an upload, shut in by worker_sandbox.h, so that a hole in a reader of PDF or pictures harms
// nobody.
#pragma once

#include "server/jobs/score_making.h"
#include "server/jobs/worker_report.h"

namespace roundelay {

// As run_worker() (worker_main.h), with this as its last line:
//   {"ok":true,"pages":[[offset,bytes,width,height], ...],"bytes":..,"sha256":".."}
[[nodiscard]] int run_score_worker(int in_fd, int out_fd, int report_fd, const ScoreLimits& limits);

}  // namespace roundelay
