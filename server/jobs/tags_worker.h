// The worker that reads the tags of a song of the library, shut in by worker_sandbox.h, so that a hole in their reader harms
// nobody.
#pragma once

#include "server/jobs/worker_report.h"

namespace roundelay {

// As run_worker() (worker_main.h), with this as its last line; "tags" has those of SongTags that the file says:
//   {"ok":true,"tags":{"title":"...","artist":"...","track":3,"length_ms":61234}}
// Nothing is written to `out_fd`.
[[nodiscard]] int run_tags_worker(int in_fd, int out_fd, int report_fd);

}  // namespace roundelay
