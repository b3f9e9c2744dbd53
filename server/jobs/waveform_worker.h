// The worker that finds the shape and the length of a song's sound, shut in by worker_sandbox.h, so that a hole in a decoder
// harms nobody.
#pragma once

#include "server/jobs/worker_report.h"

namespace roundelay {

// As run_worker() (worker_main.h). Writes to `out_fd` what codec/waveform.h says, and tells as its last line:
//   {"ok":true,"length_ms":61234}
[[nodiscard]] int run_waveform_worker(int in_fd, int out_fd, int report_fd);

}  // namespace roundelay
